using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Requests;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Tiers;

public sealed class TierRequestTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task A_tier_that_needs_no_approval_is_the_repositorys_at_once(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);

        var asked = await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "best-effort" }).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(("approved", "standard", "best-effort", owner.Name.Value), (asked.Text("state"), asked.Text("from"), asked.Text("to"), asked.Text("decidedBy")));
        var row = await portal.RecordAsync(record => record.Repositories.SingleAsync(candidate => candidate.Id == repository.Id));
        Assert.Equal(("best-effort", 1, 2L, true), (row.TierId, row.TierOrder, row.QuotaVersion, row.QuotaPending));
        Assert.Equal(1, await AuditedAsync(portal, repository, AuditAction.RepositoryTierChanged));
        await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "best-effort" }).ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal("'gold' is not a tier; choose one of best-effort, standard, critical.", await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "gold" }).ProblemAsync(HttpStatusCode.BadRequest));
        await owner.Api.PostAsJsonAsync(Requests(repository), new { reason = "None" }).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory, OnEachDatabase]
    public async Task A_tier_that_needs_approval_is_asked_for_and_an_administrator_approves(Database database)
    {
        await using var portal = await StartAsync(database);
        var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        Assert.Contains("Say why", await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "critical" }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);

        var asked = await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "critical", reason = "The cruise begins" }).JsonAsync(HttpStatusCode.Created);

        Assert.Equal("open", asked.Text("state"));
        Assert.Equal(1, await MailsAsync(portal, administrator));
        Assert.Equal("critical", (await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}").JsonAsync()).Text("requestedTier"));
        Assert.Contains("withdraw that first", await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "best-effort" }).ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        var waiting = Assert.Single((await administrator.Api.GetAsync(Queue).JsonAsync()).EnumerateArray());
        Assert.Equal((repository.Name.Value, "The cruise begins"), (waiting.Text("repository"), waiting.Text("reason")));
        await owner.Api.PostAsJsonAsync($"{Queue}/{asked.Text("id")}/approve", new { }).ProblemAsync(HttpStatusCode.Forbidden);

        var approved = await administrator.Api.PostAsJsonAsync($"{Queue}/{asked.Text("id")}/approve", new { sentence = "Good luck" }).JsonAsync();

        Assert.Equal(("approved", administrator.Name.Value, "Good luck"), (approved.Text("state"), approved.Text("decidedBy"), approved.Text("sentence")));
        Assert.Equal("critical", (await portal.ViewAsync(repository, owner)).Tier.Id);
        Assert.Equal(1, await MailsAsync(portal, owner));
        Assert.Equal((1, 1), (await AuditedAsync(portal, repository, AuditAction.TierRequested), await AuditedAsync(portal, repository, AuditAction.TierApproved)));
        Assert.Contains("was approved by", await administrator.Api.PostAsJsonAsync($"{Queue}/{asked.Text("id")}/decline", new { sentence = "No" }).ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Single((await administrator.Api.GetAsync($"{Queue}?decided=true").JsonAsync()).EnumerateArray());
    }

    [Theory, OnEachDatabase]
    public async Task Is_declined_with_a_reason_or_withdrawn_and_the_repository_stays_as_it_is(Database database)
    {
        await using var portal = await StartAsync(database);
        var (administrator, owner, other) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var first = await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "critical", reason = "Why not" }).JsonAsync(HttpStatusCode.Created);

        Assert.Contains("Say why not", await administrator.Api.PostAsJsonAsync($"{Queue}/{first.Text("id")}/decline", new { }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal("declined", (await administrator.Api.PostAsJsonAsync($"{Queue}/{first.Text("id")}/decline", new { sentence = "Too dear" }).JsonAsync()).Text("state"));
        var second = await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "critical", reason = "Please" }).JsonAsync(HttpStatusCode.Created);
        await other.Api.PostAsJsonAsync($"{Requests(repository)}/{second.Text("id")}/withdraw", new { }).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal("withdrawn", (await owner.Api.PostAsJsonAsync($"{Requests(repository)}/{second.Text("id")}/withdraw", new { }).JsonAsync()).Text("state"));

        await administrator.Api.PostAsJsonAsync($"{Queue}/{second.Text("id")}/approve", new { }).ProblemAsync(HttpStatusCode.Conflict);
        await administrator.Api.PostAsJsonAsync($"{Queue}/{Guid.NewGuid()}/approve", new { }).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal("standard", (await portal.ViewAsync(repository, owner)).Tier.Id);
        Assert.Equal(1, await MailsAsync(portal, owner));
        Assert.Equal(["withdrawn", "declined"], (await owner.Api.GetAsync(Requests(repository)).JsonAsync()).EnumerateArray().Select(request => request.Text("state")));
    }

    [Theory, OnEachDatabase]
    public async Task Of_two_decisions_at_once_one_counts(Database database)
    {
        await using var portal = await StartAsync(database);
        var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var asked = await portal.DoAsync<RequestTier, Outcome<TierRequestView>>(request => request.ExecuteAsync(repository.Name.Value, "critical", "Now", owner.Actor, default));

        var outcomes = await Task.WhenAll(
            portal.DoAsync<DecideTierRequest, Outcome<TierRequestView>>(decide => decide.ApproveAsync(asked.Value.Id, null, administrator.Actor, default)),
            portal.DoAsync<DecideTierRequest, Outcome<TierRequestView>>(decide => decide.DeclineAsync(asked.Value.Id, "No", administrator.Actor, default)),
            portal.DoAsync<DecideTierRequest, Outcome<TierRequestView>>(decide => decide.WithdrawAsync(repository.Name.Value, asked.Value.Id, owner.Actor, default)));

        var won = Assert.Single(outcomes, outcome => outcome.Refusal is null).Value;
        Assert.Equal(won.State == TierRequestState.Approved ? "critical" : "standard", (await portal.ViewAsync(repository, owner)).Tier.Id);
        Assert.Equal(1, await portal.RecordAsync(record => record.Audit.CountAsync(entry =>
            entry.Action == AuditAction.TierApproved || entry.Action == AuditAction.TierDeclined || entry.Action == AuditAction.TierWithdrawn)));
    }

    [Theory, OnEachDatabase]
    public async Task A_new_repository_begins_with_another_tier_until_an_administrator_has_approved_the_wanted_one(Database database)
    {
        await using var portal = await StartAsync(database);
        var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());

        var refused = await owner.Api.PostAsJsonAsync("/api/v1/repositories", new { name = "sea-ice", tier = "critical" }).ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains("Say why", refused, StringComparison.Ordinal);
        await owner.Api.PostAsJsonAsync("/api/v1/repositories", new { name = "sea-ice", tier = "critical", reason = "The cruise", meanwhile = "critical" }).ProblemAsync(HttpStatusCode.BadRequest);
        var strongest = await owner.Api.PostAsJsonAsync("/api/v1/repositories", new { name = "sea-ice", tier = "critical", reason = "The cruise" }).JsonAsync(HttpStatusCode.Created);
        var chosen = await owner.Api.PostAsJsonAsync("/api/v1/repositories", new { name = "land-ice", tier = "critical", reason = "The cruise", meanwhile = "best-effort" }).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(("standard", "critical"), (strongest.Text("tier"), strongest.Text("requestedTier")));
        Assert.Equal(("best-effort", "critical"), (chosen.Text("tier"), chosen.Text("requestedTier")));
        Assert.Equal(2, await MailsAsync(portal, administrator));
        Assert.Equal("critical", (await administrator.Api.PostAsJsonAsync("/api/v1/repositories", new { name = "air", tier = "critical" }).JsonAsync(HttpStatusCode.Created)).Text("tier"));
    }

    [Theory, OnEachDatabase]
    public async Task A_tier_that_only_administrators_choose_is_refused_to_others(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        await portal.RecordAsync(record => record.Tiers.Where(tier => tier.Id == "critical").ExecuteUpdateAsync(tier => tier.SetProperty(row => row.ChosenBy, TierChoosers.Administrators)));
        var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);

        Assert.Contains("Only administrators", await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "critical", reason = "Please" }).ProblemAsync(HttpStatusCode.Forbidden), StringComparison.Ordinal);
        await owner.Api.PostAsJsonAsync("/api/v1/repositories", new { name = "sea-ice", tier = "critical", reason = "Please" }).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal("approved", (await administrator.Api.PostAsJsonAsync(Requests(repository), new { tier = "critical" }).JsonAsync(HttpStatusCode.Created)).Text("state"));
    }

    [Theory, OnEachDatabase]
    public async Task A_repository_does_not_come_to_a_tier_that_is_too_small_for_it(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).ExecuteUpdateAsync(row => row.SetProperty(sized => sized.SizeBytes, 11L << 30)));

        var refused = await owner.Api.PostAsJsonAsync(Requests(repository), new { tier = "best-effort" }).ProblemAsync(HttpStatusCode.Conflict);

        Assert.Equal($"'{repository.Name}' holds 11 GiB, and 'Best effort' allows 10 GiB: commits would be refused.", refused);
    }

    [Fact]
    public async Task Owners_ask_on_the_settings_page_and_administrators_decide_in_their_queue()
    {
        await using var portal = await StartAsync(Database.Sqlite);
        var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        using FormBrowser browser = new(portal), theirs = new(portal);
        await browser.SignInAsync(owner.Name);
        await theirs.SignInAsync(administrator.Name);
        Assert.Equal("/r/sea-ice", await browser.SubmitAsync("/new", "new-repository", ("name", "sea-ice"), ("tier", "critical"), ("reason", "The <cruise>"), ("meanwhile", "best-effort"), ("visibility", "private"), ("layout", "empty")));
        var settings = (await browser.ReadAsync("/r/sea-ice/settings")).Text;
        Assert.Contains("The &lt;cruise&gt;", settings, StringComparison.Ordinal);
        var id = await portal.RecordAsync(record => record.TierRequests.Select(request => request.Id).SingleAsync());

        Assert.Null(await theirs.SubmitAsync(Page, $"decide-{id}", ("do", "decline"), ("sentence", "")));
        Assert.Equal(Page, await theirs.SubmitAsync(Page, $"decide-{id}", ("do", "decline"), ("sentence", "Too dear")));
        Assert.Contains("Too dear", (await browser.ReadAsync("/r/sea-ice/settings")).Text, StringComparison.Ordinal);
        Assert.Null(await browser.SubmitAsync("/r/sea-ice/settings", "ask-tier", ("tier", "critical"), ("reason", "")));
        Assert.Equal("/r/sea-ice/settings", await browser.SubmitAsync("/r/sea-ice/settings", "ask-tier", ("tier", "standard"), ("reason", "")));
        Assert.Equal("standard", await portal.RecordAsync(record => record.Repositories.Select(repository => repository.TierId).SingleAsync()));
    }

    private const string Page = "/admin/tier-requests";
    private const string Queue = "/api/v1/admin/tier-requests";

    private static string Requests(RepositoryView repository) => $"/api/v1/repositories/{repository.Name}/tier-requests";

    private static Task<int> MailsAsync(PortalHost portal, TestPerson person) =>
        portal.RecordAsync(record => record.Outbox.CountAsync(mail => mail.Recipient == person.Email));

    private static Task<int> AuditedAsync(PortalHost portal, RepositoryView repository, string action) =>
        portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.RepositoryId == repository.Id && entry.Action == action));

    // Where an administrator must approve the strongest tier.
    private async Task<PortalHost> StartAsync(Database database)
    {
        var portal = await portals.StartAsync(database);
        await portal.RecordAsync(record => record.Tiers.Where(tier => tier.Id == "critical").ExecuteUpdateAsync(tier => tier.SetProperty(row => row.NeedsApproval, true)));
        return portal;
    }
}
