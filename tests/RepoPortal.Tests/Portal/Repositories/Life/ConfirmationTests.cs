using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Usage;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Life;

public sealed class ConfirmationTests(Portals portals)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory, OnEachDatabase]
    public async Task After_a_year_every_owner_is_asked_once_in_one_mail_about_all_that_is_theirs(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, second) = (await portal.PersonAsync(), await portal.PersonAsync());
        var (old, other, young) = (await MadeAsync(portal, owner, 366), await MadeAsync(portal, owner, 366), await MadeAsync(portal, owner, 364));
        await portal.GiveAsync(old, second, AccessLevel.Owner, owner);

        for (var round = 0; round < 3; round++)
            await RoundAsync(portal);

        Assert.Equal((1, 1), (await MailsAsync(portal, owner), await MailsAsync(portal, second)));
        Assert.Equal(new HashSet<RepositoryId> { old.Id, other.Id }, (await AskedAsync(portal)).ToHashSet());
        Assert.Equal(2, await AuditedAsync(portal, "confirmation.asked"));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(second.Name);
        Assert.Contains("Look and answer", (await browser.ReadAsync($"/r/{old.Name}")).Text, StringComparison.Ordinal);
        Assert.Contains("One repository of yours waits", (await browser.ReadAsync("/")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Look and answer", (await browser.ReadAsync($"/r/{young.Name}")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task The_answer_of_one_owner_closes_it_everywhere_for_a_year(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, second, reader) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await MadeAsync(portal, owner, 400);
        await portal.GiveAsync(repository, second, AccessLevel.Owner, owner);
        await portal.GiveAsync(repository, reader, AccessLevel.Read, owner);
        await RoundAsync(portal);
        await reader.PostAsync($"repositories/{repository.Name}/confirmation").ProblemAsync(HttpStatusCode.Forbidden);
        using FormBrowser browser = new(portal), other = new(portal), theirs = new(portal);
        await browser.SignInAsync(owner.Name);
        await other.SignInAsync(second.Name);
        await theirs.SignInAsync(reader.Name);
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.ReadAsync($"/r/{repository.Name}/confirm")).Status);

        Assert.Equal($"/r/{repository.Name}", await browser.SubmitAsync($"/r/{repository.Name}/confirm", "confirm"));
        Assert.Equal($"/r/{repository.Name}", await other.SubmitAsync($"/r/{repository.Name}/confirm", "confirm"));

        await RoundAsync(portal);
        Assert.Empty(await AskedAsync(portal));
        Assert.DoesNotContain("Look and answer", (await other.ReadAsync($"/r/{repository.Name}")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await AuditedAsync(portal, "repository.confirmed"));
        Assert.Equal(owner.Name.Value, (await second.Api.GetAsync($"/api/v1/repositories/{repository.Name}/confirmation").JsonAsync()).Text("confirmedBy"));

        await portal.RecordAsync(record => record.Confirmations.ExecuteUpdateAsync(row => row.SetProperty(stored => stored.ConfirmedAt, Now.AddDays(-366))));
        await RoundAsync(portal);
        Assert.Equal([repository.Id], await AskedAsync(portal));
    }

    [Theory, OnEachDatabase]
    public async Task Reminds_twice_then_tells_administrators_and_does_nothing_by_itself(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await MadeAsync(portal, owner, 400);
        await RoundAsync(portal);

        // A server that was down for months takes one step at a time.
        foreach (var (days, mails, ofAdministrator) in new[] { (13, 1, 0), (15, 2, 0), (100, 3, 0), (15, 4, 1), (100, 4, 1) })
        {
            await portal.RecordAsync(record => record.Confirmations.ExecuteUpdateAsync(row => row.SetProperty(stored => stored.ToldAt, Now.AddDays(-days))));
            await RoundAsync(portal);
            await RoundAsync(portal);
            Assert.Equal((mails, ofAdministrator), (await MailsAsync(portal, owner), await MailsAsync(portal, administrator)));
        }

        Assert.Equal((3, 1), (await AuditedAsync(portal, "confirmation.asked"), await AuditedAsync(portal, "confirmation.escalated")));
        var view = await portal.ViewAsync(repository, owner);
        Assert.Equal((RepositoryState.Ready, null), (view.State, view.Life.ArchivedAt));
        var listed = await administrator.Api.GetAsync("/api/v1/admin/repositories?condition=not-confirmed").JsonAsync();
        Assert.Equal(repository.Name.Value, listed.GetProperty("items").EnumerateArray().Single().Text("name"));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_archived_or_in_the_trash_is_not_asked_about(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var owner = await portal.PersonAsync();
        var (archived, deleted, asked) = (await MadeAsync(portal, owner, 400), await MadeAsync(portal, owner, 400), await MadeAsync(portal, owner, 400));
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == archived.Id).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.ArchivedAt, Now)));
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == deleted.Id).ExecuteUpdateAsync(row => row
            .SetProperty(stored => stored.State, RepositoryState.Deleted).SetProperty(stored => stored.GoneAt, Now.AddDays(30))));
        await RoundAsync(portal);
        Assert.Equal([asked.Id], await AskedAsync(portal));
        await owner.PostAsync($"repositories/{archived.Name}/confirmation").ProblemAsync(HttpStatusCode.Conflict);

        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == asked.Id).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.ArchivedAt, Now)));
        await RoundAsync(portal);
        Assert.False(await portal.RecordAsync(record => record.Confirmations.AnyAsync(row => row.AskedAt != null)));
    }

    [Theory, OnEachDatabase]
    public async Task Several_servers_ask_once(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var owner = await portal.PersonAsync();
        await MadeAsync(portal, owner, 400);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RoundAsync(portal)));
        Assert.Equal((1, 1), (await MailsAsync(portal, owner), await AuditedAsync(portal, "confirmation.asked")));
    }

    [Theory, OnEachDatabase]
    public async Task Where_the_policy_says_never_nobody_is_asked_but_by_an_administrator(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await MadeAsync(portal, owner, 4000);
        await portal.RecordAsync(record => record.Policies.ExecuteUpdateAsync(row => row.SetProperty(policy => policy.ConfirmDays, 0)));
        await RoundAsync(portal);
        Assert.Empty(await AskedAsync(portal));

        await owner.PostAsync($"repositories/{repository.Name}/confirmation/ask").ProblemAsync(HttpStatusCode.Forbidden);
        for (var twice = 0; twice < 2; twice++)
            Assert.Equal(HttpStatusCode.NoContent, (await administrator.PostAsync($"repositories/{repository.Name}/confirmation/ask")).StatusCode);
        Assert.Equal((1, 1), (await MailsAsync(portal, owner), (await AskedAsync(portal)).Count));
    }

    [Theory, OnEachDatabase]
    public async Task Shows_who_has_access_and_when_they_last_used_it(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, reader) = (await portal.PersonAsync(), await portal.PersonAsync(kind: RepoPortal.Portal.People.UserKind.External));
        var repository = await MadeAsync(portal, owner, 400);
        await portal.GiveAsync(repository, reader, AccessLevel.Read, owner);
        var used = Now.AddDays(-3);
        await portal.RecordAsync(record =>
        {
            record.Add(new UsageDay { RepositoryId = repository.Id, Day = DateOnly.FromDateTime(used.UtcDateTime), User = reader.Name.Value, Reads = 1, Writes = 0, BytesSent = 0, BytesReceived = 0, LastAt = used });
            return record.SaveChangesAsync();
        });

        var people = (await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}/confirmation").JsonAsync()).GetProperty("people").EnumerateArray().ToList();

        Assert.Equal([owner.Name.Value, reader.Name.Value], people.Select(person => person.Text("user")));
        Assert.Equal(used, people[1].GetProperty("lastUsedAt").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        Assert.Contains("1 from elsewhere", (await browser.ReadAsync($"/r/{repository.Name}/confirm")).Text, StringComparison.Ordinal);
    }

    private static Task RoundAsync(PortalHost portal) =>
        portal.Services.GetServices<IHostedService>().OfType<ConfirmationWatch>().Single().RoundAsync(TestContext.Current.CancellationToken);

    private static async Task<RepositoryView> MadeAsync(PortalHost portal, TestPerson owner, int daysAgo)
    {
        var repository = await portal.RepositoryAsync(owner);
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).ExecuteUpdateAsync(row => row
            .SetProperty(made => made.State, RepositoryState.Ready).SetProperty(made => made.CreatedAt, Now.AddDays(-daysAgo))));
        return repository;
    }

    private static Task<List<RepositoryId>> AskedAsync(PortalHost portal) => portal.RecordAsync(record => record.OpenConfirmations().Select(row => row.RepositoryId).ToListAsync());

    private static Task<int> MailsAsync(PortalHost portal, TestPerson person) => portal.RecordAsync(record => record.Outbox.CountAsync(mail => mail.Recipient == person.Email));

    private static Task<int> AuditedAsync(PortalHost portal, string action) => portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == action));
}
