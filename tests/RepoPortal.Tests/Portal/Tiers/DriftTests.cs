using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tiers.Drift;
using RepoPortal.Portal.Usage;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Tiers;

public sealed class DriftTests(Portals portals)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory, OnEachDatabase]
    public async Task Says_in_plain_words_what_was_measured_and_what_would_fit_and_writes_once(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, repository) = await BeginAsync(portal);
        await UseAsync(portal, repository, people: 12, programs: 2);

        await FindAsync(portal);
        await FindAsync(portal);

        var proposal = Assert.Single((await owner.Api.GetAsync(Drift(repository)).JsonAsync()).EnumerateArray());
        Assert.Equal(
            $"12 people and 2 service accounts used '{repository.Name}' in the last 30 days; it is promised as Best effort, which is meant for up to 10 people. Standard fits.",
            proposal.Text("sentence"));
        Assert.Equal(("open", "best-effort", "standard"), (proposal.Text("state"), proposal.Text("from"), proposal.Text("to")));
        Assert.Equal(1, await MailsAsync(portal, owner));
        Assert.Equal(1, await AuditedAsync(portal, AuditAction.DriftFound));
        var administrator = await portal.PersonAsync(administrator: true);
        Assert.Single((await administrator.Api.GetAsync("/api/v1/admin/drift").JsonAsync()).EnumerateArray());
        await owner.Api.GetAsync("/api/v1/admin/drift").ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory, OnEachDatabase]
    public async Task Is_taken_and_the_tier_is_another_one(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, repository) = await BeginAsync(portal);
        await UseAsync(portal, repository, people: 12);
        await FindAsync(portal);
        var id = await IdAsync(portal);

        Assert.Equal("approved", (await owner.Api.PostAsJsonAsync($"{Drift(repository)}/{id}/accept", new { }).JsonAsync()).Text("state"));

        Assert.Equal("standard", (await portal.ViewAsync(repository, owner)).Tier.Id);
        Assert.Equal("accepted", Assert.Single((await owner.Api.GetAsync(Drift(repository)).JsonAsync()).EnumerateArray()).Text("state"));
        await owner.Api.PostAsJsonAsync($"{Drift(repository)}/{id}/decline", new { reason = "Late" }).ProblemAsync(HttpStatusCode.Conflict);
        await FindAsync(portal);
        Assert.Equal(1, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Is_taken_by_asking_where_an_administrator_must_approve_and_not_repeated_when_one_declines(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, repository) = await BeginAsync(portal);
        await portal.RecordAsync(record => record.Tiers.Where(tier => tier.Id == "standard").ExecuteUpdateAsync(tier => tier.SetProperty(row => row.NeedsApproval, true)));
        await UseAsync(portal, repository, people: 12);
        await FindAsync(portal);

        var asked = await owner.Api.PostAsJsonAsync($"{Drift(repository)}/{await IdAsync(portal)}/accept", new { }).JsonAsync();
        Assert.Equal("open", asked.Text("state"));
        Assert.Contains("Standard fits.", asked.Text("reason"), StringComparison.Ordinal);
        var administrator = await portal.PersonAsync(administrator: true);
        await administrator.Api.PostAsJsonAsync($"/api/v1/admin/tier-requests/{asked.Text("id")}/decline", new { sentence = "Too dear" }).JsonAsync();
        await FindAsync(portal);

        Assert.Equal(1, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Is_declined_for_a_reason_and_proposed_again_only_when_it_has_doubled_or_a_year_has_passed(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, repository) = await BeginAsync(portal);
        await UseAsync(portal, repository, people: 12);
        await FindAsync(portal);
        var id = await IdAsync(portal);
        Assert.Contains("Say why", await owner.Api.PostAsJsonAsync($"{Drift(repository)}/{id}/decline", new { }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        using var declined = await owner.Api.PostAsJsonAsync($"{Drift(repository)}/{id}/decline", new { reason = "A course, over soon" });
        Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);

        await FindAsync(portal);
        Assert.Equal(1, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));
        await UseAsync(portal, repository, people: 12);
        await FindAsync(portal);
        Assert.Equal(2, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));

        await portal.RecordAsync(record => record.DriftProposals.ExecuteDeleteAsync());
        await FindAsync(portal);
        await owner.Api.PostAsJsonAsync($"{Drift(repository)}/{await IdAsync(portal)}/decline", new { reason = "No" });
        await portal.RecordAsync(record => record.DriftProposals.ExecuteUpdateAsync(row => row.SetProperty(proposal => proposal.AnsweredAt, Now.AddDays(-366))));
        await FindAsync(portal);
        Assert.Equal(2, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Is_put_off_and_brought_up_again_in_thirty_days_if_it_still_holds(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, repository) = await BeginAsync(portal);
        await UseAsync(portal, repository, people: 12);
        await FindAsync(portal);
        var id = await IdAsync(portal);
        using var postponed = await owner.Api.PostAsJsonAsync($"{Drift(repository)}/{id}/remind", new { });
        Assert.Equal(HttpStatusCode.NoContent, postponed.StatusCode);

        await FindAsync(portal);
        Assert.Equal((DriftState.Postponed, 1), (await StateAsync(portal), await MailsAsync(portal, owner)));
        await portal.RecordAsync(record => record.DriftProposals.ExecuteUpdateAsync(row => row.SetProperty(proposal => proposal.RemindAt, Now.AddMinutes(-1))));
        await FindAsync(portal);
        Assert.Equal((DriftState.Open, 2), (await StateAsync(portal), await MailsAsync(portal, owner)));

        await portal.RecordAsync(record => record.Usage.ExecuteDeleteAsync());
        await FindAsync(portal);
        Assert.Equal((DriftState.Over, 2), (await StateAsync(portal), await MailsAsync(portal, owner)));
    }

    [Theory, OnEachDatabase]
    public async Task One_of_several_servers_looks_once_a_night(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (_, repository) = await BeginAsync(portal);
        var rounds = portal.Services.GetServices<IHostedService>().OfType<DriftRounds>().Single();
        await UseAsync(portal, repository, people: 12);

        await rounds.RoundAsync(default);
        Assert.Equal(0, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));
        await portal.RecordAsync(record => record.Rounds.ExecuteUpdateAsync(row => row.SetProperty(round => round.BegunAt, Now.AddDays(-1)).SetProperty(round => round.EndedAt, Now.AddDays(-1))));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => rounds.RoundAsync(default)));
        Assert.Equal(1, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));

        // One that began and was gone before the end is made good.
        await portal.RecordAsync(record => record.DriftProposals.ExecuteDeleteAsync());
        await portal.RecordAsync(record => record.Rounds.ExecuteUpdateAsync(row => row.SetProperty(round => round.BegunAt, Now.AddHours(-4)).SetProperty(round => round.EndedAt, Now.AddDays(-1))));
        await rounds.RoundAsync(default);
        Assert.Equal(1, await portal.RecordAsync(record => record.DriftProposals.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Everything_a_tier_is_meant_for_is_compared(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (owner, repository) = await BeginAsync(portal);
        await UseAsync(portal, repository, people: 0, outsiders: 4);
        await UseAsync(portal, repository, people: 0, programs: 1, reads: 1001 * 30);
        await portal.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row.SetProperty(sized => sized.SizeBytes, 9L << 30)));
        await portal.RecordAsync(record =>
        {
            record.AddRange(Enumerable.Range(1, 501).Select(revision => new RepoPortal.Portal.Repositories.Activity.Commit
            {
                RepositoryId = repository.Id,
                Revision = revision,
                Author = owner.Name.Value,
                At = Now,
                Message = "",
                ChangedPaths = 1,
                CommonPath = "/",
                SizeBytes = 1,
            }));
            return record.SaveChangesAsync();
        });

        await FindAsync(portal);

        Assert.Equal(
            $"5 people, 4 of them from elsewhere, and 1 service account used '{repository.Name}' in the last 30 days, 1\u202f001 requests a day came from service accounts, there were 501 commits and it holds 9 GiB; "
            + "it is promised as Best effort, which is meant for up to 3 from elsewhere, up to 500 commits in 30 days, up to 1\u202f000 automated requests a day and up to 8 GiB. Standard fits.",
            await portal.RecordAsync(record => record.DriftProposals.Select(proposal => proposal.Sentence).SingleAsync()));
    }

    [Fact]
    public async Task Owners_answer_on_the_settings_page_and_see_it_on_the_first_one()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var (owner, repository) = await BeginAsync(portal);
        await UseAsync(portal, repository, people: 12);
        await FindAsync(portal);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var (page, id) = ($"/r/{repository.Name}/settings", (await IdAsync(portal)).ToString());

        Assert.Contains("Standard fits.", (await browser.ReadAsync($"/r/{repository.Name}")).Text, StringComparison.Ordinal);
        Assert.Null(await browser.SubmitAsync(page, "drift", ("proposal", id), ("answer", "decline"), ("declineReason", "")));
        Assert.Equal(page, await browser.SubmitAsync(page, "drift", ("proposal", id), ("answer", "decline"), ("declineReason", "A course")));
        Assert.DoesNotContain("Standard fits.", (await browser.ReadAsync($"/r/{repository.Name}")).Text, StringComparison.Ordinal);
    }

    private static string Drift(RepositoryView repository) => $"/api/v1/repositories/{repository.Name}/drift";

    private static Task<Guid> IdAsync(PortalHost portal) =>
        portal.RecordAsync(record => record.DriftProposals.OrderByDescending(proposal => proposal.FoundAt).Select(proposal => proposal.Id).FirstAsync());

    private static Task<DriftState> StateAsync(PortalHost portal) => portal.RecordAsync(record => record.DriftProposals.Select(proposal => proposal.State).SingleAsync());

    private static Task<int> MailsAsync(PortalHost portal, TestPerson person) => portal.RecordAsync(record => record.Outbox.CountAsync(mail => mail.Recipient == person.Email));

    private static Task<int> AuditedAsync(PortalHost portal, string action) => portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == action));

    private static Task FindAsync(PortalHost portal) => portal.Services.GetRequiredService<FindDrift>().ExecuteAsync(default);

    // The portal's own first round looks at a record without repositories.
    private static async Task<(TestPerson Owner, RepositoryView Repository)> BeginAsync(PortalHost portal)
    {
        await RepoPortal.Tests.Fixtures.Eventually.TrueAsync(() => portal.RecordAsync(record => record.Rounds.AnyAsync(round => round.EndedAt > DateTimeOffset.UnixEpoch)));
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        await portal.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row
            .SetProperty(ready => ready.State, RepositoryState.Ready).SetProperty(ready => ready.TierId, "best-effort")));
        return (owner, await portal.ViewAsync(repository, owner));
    }

    private static Task<int> UseAsync(PortalHost portal, RepositoryView repository, int people, int outsiders = 0, int programs = 0, long reads = 1) => portal.RecordAsync(record =>
    {
        foreach (var kind in Enumerable.Repeat(UserKind.Internal, people).Concat(Enumerable.Repeat(UserKind.External, outsiders)).Concat(Enumerable.Repeat(UserKind.Service, programs)))
        {
            var name = PortalHost.NewName("user");
            record.Add(new User { Id = Guid.NewGuid(), UserName = name, NormalizedUserName = UserQueries.Normalize(name), DisplayName = name, Kind = kind, CreatedAt = Now, SecurityStamp = name });
            record.Add(new UsageDay { RepositoryId = repository.Id, Day = DateOnly.FromDateTime(Now.UtcDateTime), User = name, Reads = reads, Writes = 0, BytesSent = 0, BytesReceived = 0, LastAt = Now });
        }

        return record.SaveChangesAsync();
    });
}
