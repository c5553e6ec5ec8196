using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Life.Orphans;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Life;

[Collection(nameof(PortalsWithNode))]
public sealed class OrphanTests(PortalsWithNode portals)
{
    [Theory, OnEachDatabase]
    public async Task Whoever_is_suspended_as_the_last_owner_leaves_an_orphan_that_administrators_hear_of_once(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        Assert.Null(await FindAsync(administrator, repository));
        Assert.Equal([repository.Name], await SoleAsync(portal, owner));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(administrator.Name);
        Assert.Contains("The last owner of", (await browser.ReadAsync($"/admin/people?search={owner.Name}")).Text, StringComparison.Ordinal);

        await administrator.PostAsync($"users/{owner.Name}/suspend");

        var orphan = await FindAsync(administrator, repository);
        Assert.Equal(owner.Name.Value, orphan!.Value.GetProperty("lastOwners").EnumerateArray().Single().GetString());
        for (var look = 0; look < 2; look++)
            await Watch(portal).LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await portal.RecordAsync(record => record.Audit.CountAsync(row => row.RepositoryId == repository.Id && row.Action == "repository.orphaned")));
        Assert.True(await portal.RecordAsync(record => record.Outbox.AnyAsync(mail => mail.Recipient == administrator.Email)));

        await administrator.PostAsync($"users/{owner.Name}/resume");
        await Watch(portal).LookAsync(TestContext.Current.CancellationToken);
        Assert.Null(await FindAsync(administrator, repository));
        Assert.Null(await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).Select(row => row.OrphanedAt).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Offers_those_who_committed_most_and_still_have_access_and_makes_one_the_owner(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, busy, less, gone, administrator) = (
            await portal.PersonAsync(), await portal.PersonAsync("busy"), await portal.PersonAsync("less"), await portal.PersonAsync("gone"), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        await portal.GiveAsync(repository, busy, AccessLevel.Write, owner);
        await portal.GiveAsync(repository, less, AccessLevel.Write, owner);
        var now = TimeProvider.System.GetUtcNow();
        await CommitAsync(portal, repository, [.. Enumerable.Repeat((busy.Name, now), 3), (less.Name, now), .. Enumerable.Repeat((gone.Name, now), 5), .. Enumerable.Repeat((less.Name, now.AddDays(-400)), 9)]);
        await administrator.PostAsync($"users/{owner.Name}/suspend");

        var orphan = await FindAsync(administrator, repository);

        Assert.Equal(
            [(busy.Name.Value, 3), (less.Name.Value, 1)],
            orphan!.Value.GetProperty("candidates").EnumerateArray().Select(candidate => (candidate.Text("user"), candidate.GetProperty("commits").GetInt32())));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(administrator.Name);
        using (var refused = await browser.SendAsync("/admin/orphans", $"owner-{repository.Name}", ("user", "nobody-here")))
            Assert.Contains("There is nobody called", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("/admin/orphans", await browser.SubmitAsync("/admin/orphans", $"owner-{repository.Name}", ("candidate", busy.Name.Value), ("user", "")));
        Assert.Null(await FindAsync(administrator, repository));
        Assert.Equal(AccessLevel.Owner, (await portal.ViewAsync(repository, busy)).MyAccess);
    }

    [Theory, OnEachDatabase]
    public async Task Only_administrators_see_them(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        await person.Api.GetAsync("/api/v1/orphans").ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory, OnEachDatabase]
    public async Task Two_owners_leave_no_orphan_one_by_one(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (first, second, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(first);
        await portal.GiveAsync(repository, second, AccessLevel.Owner, first);
        Assert.Empty(await SoleAsync(portal, first));

        await administrator.PostAsync($"users/{first.Name}/suspend");

        Assert.Null(await FindAsync(administrator, repository));
        Assert.Equal([repository.Name], await SoleAsync(portal, second));
    }

    private static OrphanWatch Watch(PortalHost portal) => portal.Services.GetServices<IHostedService>().OfType<OrphanWatch>().Single();

    private static async Task<RepositoryName[]> SoleAsync(PortalHost portal, TestPerson person) =>
        [.. (await portal.DoAsync<FindSoleOwners, ILookup<UserName, RepositoryName>>(find => find.ExecuteAsync([person.Name], default)))[person.Name]];

    /// <summary>The repository in the queue of orphans, on whichever page; null when it is not there.</summary>
    private static async Task<JsonElement?> FindAsync(TestPerson administrator, RepositoryView repository)
    {
        for (var page = 1; ; page++)
        {
            var rows = (await administrator.Api.GetAsync($"/api/v1/orphans?page={page}").JsonAsync()).GetProperty("repositories").EnumerateArray().ToList();
            if (rows.Find(row => row.Text("name") == repository.Name.Value) is { ValueKind: JsonValueKind.Object } found)
                return found;
            if (rows.Count == 0)
                return null;
        }
    }

    private static Task<int> CommitAsync(PortalHost portal, RepositoryView repository, (UserName Author, DateTimeOffset At)[] commits) => portal.RecordAsync(record =>
    {
        record.AddRange(commits.Select((commit, index) => new Commit
        {
            RepositoryId = repository.Id,
            Revision = index + 1,
            Author = commit.Author.Value,
            At = commit.At,
            Message = "",
            ChangedPaths = 1,
            CommonPath = "/",
            SizeBytes = 1,
        }));
        return record.SaveChangesAsync();
    });
}
