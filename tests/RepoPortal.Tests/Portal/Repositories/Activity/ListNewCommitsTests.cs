using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Activity;

public sealed class ListNewCommitsTests(Portals portals)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_visit_ends_with_half_an_hour_without_a_page_and_the_next_one_tells_what_others_committed(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(person);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(person.Name);
        Assert.Contains("This is your first visit", await HomeAsync(browser), StringComparison.Ordinal);

        await CommitAsync(portal, repository, 1, "ada", "While you looked elsewhere", Now.AddHours(-1));
        await SeenAsync(portal, person, Now.AddMinutes(-20));
        Assert.Contains("This is your first visit", await HomeAsync(browser), StringComparison.Ordinal);
        Assert.InRange(await SeenAsync(portal, person), Now.AddMinutes(-1), Now);

        var before = Now.AddHours(-2);
        await SeenAsync(portal, person, before);
        var page = await HomeAsync(browser);
        Assert.Contains("While you looked elsewhere", page, StringComparison.Ordinal);
        Assert.Contains("1 new commit<", page, StringComparison.Ordinal);

        // Of the same visit, the next page says the same, and one's own commits are no news.
        await CommitAsync(portal, repository, 2, person.Name.Value, "What I did myself", Now);
        page = await HomeAsync(browser);
        Assert.Contains("1 new commit<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What I did myself", page, StringComparison.Ordinal);
        Assert.Equal(before.ToUnixTimeSeconds(), (await VisitAsync(portal, person))!.Value.ToUnixTimeSeconds());

        await SeenAsync(portal, person, Now.AddMinutes(-40));
        Assert.Contains("Nothing new by others since your last visit", await HomeAsync(browser), StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_visit_begins_once_however_many_requests_it_begins_with(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(person.Name);
        await HomeAsync(browser);
        var before = Now.AddDays(-3);
        await SeenAsync(portal, person, before);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HomeAsync(browser)));

        Assert.Equal(before.ToUnixTimeSeconds(), (await VisitAsync(portal, person))!.Value.ToUnixTimeSeconds());
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_repositories_and_commits_no_more_are_looked_at_than_are_read(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        RepositoryView? busiest = null;
        for (var i = 0; i < 22; i++)
        {
            busiest = await portal.RepositoryAsync(person);
            await CommitAsync(portal, busiest, 1, "ada", "One", Now.AddMinutes(i - 60));
        }

        await portal.RecordAsync(async record =>
        {
            record.AddRange(Enumerable.Range(2, 120).Select(revision => Commit(busiest!, revision, null, $"number {revision}", Now.AddMinutes(-1))));
            return await record.SaveChangesAsync(Cancel);
        });
        await portal.RecordAsync(record => record.Users.Where(user => user.Id == person.Actor.UserId).ExecuteUpdateAsync(user => user.SetProperty(row => row.LastVisitAt, Now.AddDays(-1))));

        var mine = await portal.DoAsync<ListMyRepositories, IReadOnlyList<MyRepository>>(list => list.ExecuteAsync(person.Actor, Cancel));
        var news = await portal.DoAsync<ListNewCommits, NewCommits?>(list => list.ExecuteAsync(mine, person.Actor, Cancel));

        Assert.Equal((20, 2), (news!.Repositories.Count, news.NotLookedAt));
        Assert.Equal((busiest!.Name, 100, true, "number 121"), (news.Repositories[0].Name, news.Repositories[0].Count, news.Repositories[0].IsMore, news.Repositories[0].Latest.Message));
        Assert.All(news.Repositories.Skip(1), other => Assert.Equal((1, false), (other.Count, other.IsMore)));
    }

    private static async Task<string> HomeAsync(FormBrowser browser) => (await browser.ReadAsync("/")).Text;

    private static Task<int> SeenAsync(PortalHost portal, TestPerson person, DateTimeOffset at) => portal.RecordAsync(record =>
        record.Users.Where(user => user.Id == person.Actor.UserId).ExecuteUpdateAsync(user => user.SetProperty(row => row.PageSeenAt, at)));

    private static async Task<DateTimeOffset> SeenAsync(PortalHost portal, TestPerson person) =>
        (await portal.RecordAsync(record => record.Users.Where(user => user.Id == person.Actor.UserId).Select(user => user.PageSeenAt).SingleAsync()))!.Value;

    private static Task<DateTimeOffset?> VisitAsync(PortalHost portal, TestPerson person) =>
        portal.RecordAsync(record => record.Users.Where(user => user.Id == person.Actor.UserId).Select(user => user.LastVisitAt).SingleAsync());

    private static Commit Commit(RepositoryView repository, long revision, string? author, string message, DateTimeOffset at) =>
        new() { RepositoryId = repository.Id, Revision = revision, Author = author, At = at, Message = message, ChangedPaths = 1, CommonPath = "/trunk", SizeBytes = 10 };

    private static Task<int> CommitAsync(PortalHost portal, RepositoryView repository, long revision, string author, string message, DateTimeOffset at) => portal.RecordAsync(async record =>
    {
        record.Add(Commit(repository, revision, author, message, at));
        var row = await record.Repositories.SingleAsync(stored => stored.Id == repository.Id, Cancel);
        (row.State, row.LastCommitAt) = (RepositoryState.Ready, at);
        return await record.SaveChangesAsync(Cancel);
    });
}
