using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tiers.Drift;
using RepoPortal.Portal.Usage;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Tiers;

public sealed class IdleTests(Portals portals)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory, OnEachDatabase]
    public async Task What_nobody_used_for_a_year_is_proposed_for_archiving_once(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var owner = await BeginAsync(portal);
        var (idle, young, committed, read, archived) = (
            await MadeAsync(portal, owner, 400), await MadeAsync(portal, owner, 300), await MadeAsync(portal, owner, 400), await MadeAsync(portal, owner, 400), await MadeAsync(portal, owner, 400));
        await SetAsync(portal, committed, row => row.SetProperty(made => made.LastCommitAt, Now.AddDays(-10)));
        await SetAsync(portal, archived, row => row.SetProperty(made => made.ArchivedAt, Now));
        await UseAsync(portal, read, daysAgo: 100);

        // While nobody can know who read what, nothing is said.
        await FindAsync(portal);
        Assert.Empty(await ProposedAsync(portal));
        await UseAsync(portal, young, daysAgo: 380);
        await FindAsync(portal);
        Assert.Empty(await ProposedAsync(portal));
        await UseAsync(portal, young, daysAgo: 1);
        await FindAsync(portal);
        await FindAsync(portal);

        Assert.Equal([idle.Id], await ProposedAsync(portal));
        var proposal = (await owner.Api.GetAsync(Drift(idle)).JsonAsync()).EnumerateArray().Single();
        Assert.Equal(("archive", "open"), (proposal.Text("proposes"), proposal.Text("state")));
        Assert.StartsWith($"Nobody has ever committed to '{idle.Name}'", proposal.Text("sentence"), StringComparison.Ordinal);
        Assert.Equal(1, await portal.RecordAsync(record => record.Outbox.CountAsync(mail => mail.Recipient == owner.Email)));
        Assert.Null((await portal.ViewAsync(idle, owner)).Life.ArchivedAt);
    }

    [Theory, OnEachDatabase]
    public async Task Is_taken_on_the_settings_page_and_not_proposed_again_when_it_comes_back(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, idle) = await IdleAsync(portal);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var page = $"/r/{idle.Name}/settings";
        Assert.Contains("It could be archived", (await browser.ReadAsync(page)).Text, StringComparison.Ordinal);
        var id = (await owner.Api.GetAsync(Drift(idle)).JsonAsync()).EnumerateArray().Single().Text("id");

        Assert.Equal(page, await browser.SubmitAsync(page, "drift", ("proposal", id), ("answer", "accept")));

        Assert.NotNull((await portal.ViewAsync(idle, owner)).Life.ArchivedAt);
        Assert.Equal(DriftState.Accepted, await portal.RecordAsync(record => record.DriftProposals.Select(row => row.State).SingleAsync()));
        await owner.PostAsync($"repositories/{idle.Name}/unarchive").JsonAsync();
        await FindAsync(portal);
        Assert.Equal(1, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Is_declined_for_a_reason_or_put_off_and_over_when_it_is_used_or_archived(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, idle) = await IdleAsync(portal);
        var id = (await owner.Api.GetAsync(Drift(idle)).JsonAsync()).EnumerateArray().Single().Text("id");
        await owner.Api.PostAsJsonAsync($"{Drift(idle)}/{id}/decline", new { }).ProblemAsync(HttpStatusCode.BadRequest);
        using var postponed = await owner.Api.PostAsJsonAsync($"{Drift(idle)}/{id}/remind", new { });
        await FindAsync(portal);
        Assert.Equal(DriftState.Postponed, await portal.RecordAsync(record => record.DriftProposals.Select(row => row.State).SingleAsync()));
        using var declined = await owner.Api.PostAsJsonAsync($"{Drift(idle)}/{id}/decline", new { reason = "The paper is under review" });
        Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);
        await FindAsync(portal);
        Assert.Empty(await ProposedAsync(portal));

        await portal.RecordAsync(record => record.DriftProposals.ExecuteUpdateAsync(row => row.SetProperty(answered => answered.AnsweredAt, Now.AddDays(-366))));
        await FindAsync(portal);
        Assert.Equal([idle.Id], await ProposedAsync(portal));
        await owner.PostAsync($"repositories/{idle.Name}/archive").JsonAsync();
        Assert.Empty(await ProposedAsync(portal));

        await owner.PostAsync($"repositories/{idle.Name}/unarchive").JsonAsync();
        await FindAsync(portal);
        Assert.Equal([idle.Id], await ProposedAsync(portal));
        await UseAsync(portal, idle, daysAgo: 0);
        await FindAsync(portal);
        Assert.Empty(await ProposedAsync(portal));
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_said_within_the_year_that_it_is_needed_is_not_asked(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, idle) = await IdleAsync(portal);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"repositories/{idle.Name}/confirmation")).StatusCode);
        await FindAsync(portal);
        Assert.Empty(await ProposedAsync(portal));

        await portal.RecordAsync(record => record.Confirmations.ExecuteUpdateAsync(row => row.SetProperty(stored => stored.ConfirmedAt, Now.AddDays(-366))));
        await portal.RecordAsync(record => record.Policies.ExecuteUpdateAsync(row => row.SetProperty(policy => policy.IdleDays, 0)));
        await FindAsync(portal);
        Assert.Empty(await ProposedAsync(portal));
    }

    private static string Drift(RepositoryView repository) => $"/api/v1/repositories/{repository.Name}/drift";

    private static Task FindAsync(PortalHost portal) => portal.Services.GetRequiredService<FindDrift>().ExecuteAsync(default);

    private static Task<List<RepositoryId>> ProposedAsync(PortalHost portal) => portal.RecordAsync(record =>
        record.DriftProposals.Where(row => row.State == DriftState.Open || row.State == DriftState.Postponed).Select(row => row.RepositoryId).ToListAsync());

    // The portal's own first round looks at a record without repositories.
    private static async Task<TestPerson> BeginAsync(PortalHost portal)
    {
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Rounds.AnyAsync(round => round.EndedAt > DateTimeOffset.UnixEpoch)));
        return await portal.PersonAsync();
    }

    private static async Task<(TestPerson Owner, RepositoryView Repository)> IdleAsync(PortalHost portal)
    {
        var owner = await BeginAsync(portal);
        var (idle, other) = (await MadeAsync(portal, owner, 400), await MadeAsync(portal, owner, 1));
        await UseAsync(portal, other, daysAgo: 380);
        await UseAsync(portal, other, daysAgo: 1);
        await FindAsync(portal);
        Assert.Equal([idle.Id], await ProposedAsync(portal));
        return (owner, idle);
    }

    private static async Task<RepositoryView> MadeAsync(PortalHost portal, TestPerson owner, int daysAgo)
    {
        var repository = await portal.RepositoryAsync(owner);
        await SetAsync(portal, repository, row => row.SetProperty(made => made.State, RepositoryState.Ready).SetProperty(made => made.CreatedAt, Now.AddDays(-daysAgo)));
        return repository;
    }

    private static Task<int> SetAsync(
        PortalHost portal, RepositoryView repository, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<RepoPortal.Portal.Repositories.Repository>> change) =>
        portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).ExecuteUpdateAsync(change));

    private static Task<int> UseAsync(PortalHost portal, RepositoryView repository, int daysAgo) => portal.RecordAsync(record =>
    {
        var at = Now.AddDays(-daysAgo);
        record.Add(new UsageDay { RepositoryId = repository.Id, Day = DateOnly.FromDateTime(at.UtcDateTime), User = "somebody", Reads = 1, Writes = 0, BytesSent = 0, BytesReceived = 0, LastAt = at });
        return record.SaveChangesAsync();
    });
}
