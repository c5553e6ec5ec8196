using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Edit;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Tiers;

public sealed class TierEditTests(Portals portals)
{
    private const long Day = 86400;

    private static readonly TierDraft Gold = new("Gold", "The best there is", 3600, 7200, 2, 3600, Day, 30 * Day, 90 * Day, 10);

    [Theory, OnEachDatabase]
    public async Task A_tier_is_made_changed_over_a_preview_and_removed_and_the_audit_says_what_was(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        await portal.RepositoryAsync(owner);

        var made = await administrator.Api.PostAsJsonAsync(Admin, Body(Gold, id: "gold")).JsonAsync(HttpStatusCode.Created);
        Assert.Equal(("up to 1 h", "2 h", "2 + backup"), (made.Text("recoveryPointWords"), made.Text("recoveryTimeWords"), made.Text("copiesWords")));
        var standard = (await administrator.Api.GetAsync(Admin).JsonAsync()).EnumerateArray().Single(tier => tier.Text("id") == "standard");
        Assert.Equal((1, 100L << 30, 90 * Day), (standard.GetProperty("repositories").GetInt32(), standard.GetProperty("quotaBytes").GetInt64(), standard.GetProperty("retentionSeconds").GetInt64()));

        var preview = await administrator.Api.PostAsJsonAsync($"{Admin}/gold/preview", Body(Gold with { RecoveryTimeSeconds = 3600, QuotaBytes = 1L << 30 }, version: 1)).JsonAsync();
        Assert.Equal(
            [("Back in service", "2 h", "1 h"), ("Quota", "no limit", "1 GiB")],
            preview.GetProperty("changes").EnumerateArray().Select(change => (change.Text("about"), change.Text("before"), change.Text("after"))));
        Assert.Equal(0, preview.GetProperty("broken").GetArrayLength());

        var changed = await administrator.Api.PutAsJsonAsync($"{Admin}/gold", Body(Gold with { RecoveryTimeSeconds = 3600 }, version: 1)).JsonAsync();
        Assert.Equal((2, "1 h"), (changed.GetProperty("version").GetInt64(), changed.Text("recoveryTimeWords")));
        var late = await administrator.Api.PutAsJsonAsync($"{Admin}/gold", Body(Gold, version: 1)).ProblemAsync(HttpStatusCode.Conflict);
        Assert.Contains("Somebody else has changed this tier", late, StringComparison.Ordinal);
        Assert.Contains("A repository has the tier 'Standard'", await administrator.Api.DeleteAsync($"{Admin}/standard?version=1").ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        using var removed = await administrator.Api.DeleteAsync($"{Admin}/gold?version=2");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await administrator.Api.DeleteAsync($"{Admin}/gold?version=2").ProblemAsync(HttpStatusCode.NotFound);
        await administrator.Api.DeleteAsync($"{Admin}/standard").ProblemAsync(HttpStatusCode.BadRequest);

        var entries = await portal.RecordAsync(record => record.Audit.Where(entry => entry.Subject == "gold").OrderBy(entry => entry.Id).ToListAsync());
        Assert.Equal([AuditAction.TierCreated, AuditAction.TierChanged, AuditAction.TierRemoved], entries.Select(entry => entry.Action));
        Assert.Equal(["recovery time: 2 h → 1 h", "recovery time words: 2 h → 1 h"], AuditWords.Particulars(entries[1]));
    }

    [Theory, OnEachDatabase]
    public async Task Another_quota_and_another_place_reach_every_repository_of_the_tier(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var owner = await portal.PersonAsync();
        var (first, second) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        await portal.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row
            .SetProperty(repository => repository.QuotaPending, false).SetProperty(repository => repository.HasOwnQuota, repository => repository.Id == second.Id)));

        var standard = await portal.RecordAsync(record => record.Tiers.SingleAsync(tier => tier.Id == "standard"));
        var saved = await portal.DoAsync<SaveTier, Outcome<Tier>>(save => save.ChangeAsync(
            "standard", standard.Version, TierDraft.Of(standard) with { QuotaBytes = 5L << 30, Order = 20 }, Actor.Operator, default));

        Assert.Equal("4 h", saved.Value.RecoveryTimeWords);
        var rows = await portal.RecordAsync(record => record.Repositories.ToDictionaryAsync(row => row.Id));
        Assert.Equal((true, 2L, 20), (rows[first.Id].QuotaPending, rows[first.Id].QuotaVersion, rows[first.Id].TierOrder));
        Assert.Equal((false, 1L, 20), (rows[second.Id].QuotaPending, rows[second.Id].QuotaVersion, rows[second.Id].TierOrder));
    }

    [Theory, OnEachDatabase]
    public async Task Of_two_who_change_a_tier_at_once_one_is_told(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var standard = await portal.RecordAsync(record => record.Tiers.SingleAsync(tier => tier.Id == "standard"));

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 4).Select(copies => portal.DoAsync<SaveTier, Outcome<Tier>>(save => save.ChangeAsync(
            "standard", standard.Version, TierDraft.Of(standard) with { Audience = $"Number {copies}" }, Actor.Operator, default))));

        Assert.Single(outcomes, outcome => outcome.Refusal is null);
        Assert.All(outcomes.Where(outcome => outcome.Refusal is not null), outcome => Assert.Equal(RefusalKind.Conflict, outcome.Refusal!.Kind));
        Assert.Equal(1, await portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == AuditAction.TierChanged)));
    }

    public static TheoryData<string, TierDraft> Refused => new()
    {
        { "name", Gold with { Name = " " } },
        { "name", Gold with { Name = new string('x', 41) } },
        { "name", Gold with { Name = "standard" } },
        { "audience", Gold with { Audience = "two\nlines" } },
        { "recoveryPoint", Gold with { RecoveryPointSeconds = -1 } },
        { "recoveryTime", Gold with { RecoveryTimeSeconds = 0 } },
        { "recoveryTime", Gold with { RecoveryTimeSeconds = 4000 * Day } },
        { "copies", Gold with { Copies = 0 } },
        { "copies", Gold with { Copies = 6 } },
        { "copies", Gold with { Copies = 1, RecoveryPointSeconds = 0 } },
        { "backupInterval", Gold with { BackupIntervalSeconds = 59 } },
        { "backupInterval", Gold with { Copies = 1, BackupIntervalSeconds = 7200 } },
        { "verificationInterval", Gold with { VerificationIntervalSeconds = 0 } },
        { "drillInterval", Gold with { DrillIntervalSeconds = 60 } },
        { "retention", Gold with { RetentionSeconds = 3600 } },
        { "retention", Gold with { BackupIntervalSeconds = 100 * Day } },
        { "quota", Gold with { QuotaBytes = 1 } },
        { "mostPeople", Gold with { MostPeople = 0 } },
        { "mostBytes", Gold with { MostBytes = 5 } },
        { "order", Gold with { Order = 2 } },
        { "order", Gold with { Order = 0 } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Refuses_what_no_tier_can_be_with_a_sentence_for_the_field(string field, TierDraft draft)
    {
        var portal = await portals.OnAsync(Database.Sqlite);

        var refused = await portal.DoAsync<SaveTier, Outcome<Tier>>(save => save.CreateAsync("gold", draft, Actor.Operator, default));

        Assert.Equal(field, refused.Refusal?.Field);
        Assert.EndsWith(".", refused.Refusal!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("standard", RefusalKind.Conflict)]
    [InlineData("Gold", RefusalKind.Invalid)]
    [InlineData("g", RefusalKind.Invalid)]
    [InlineData("gold-", RefusalKind.Invalid)]
    public async Task Refuses_a_spelling_that_is_taken_or_none(string id, RefusalKind kind)
    {
        var portal = await portals.OnAsync(Database.Sqlite);

        var refused = await portal.DoAsync<SaveTier, Outcome<Tier>>(save => save.CreateAsync(id, Gold, Actor.Operator, default));

        Assert.Equal((kind, "id"), (refused.Refusal!.Kind, refused.Refusal.Field));
    }

    [Fact]
    public async Task Is_for_administrators_and_what_tiers_promise_is_for_everybody()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();

        await person.Api.PostAsJsonAsync(Admin, Body(Gold, id: "gold")).ProblemAsync(HttpStatusCode.Forbidden);
        await person.Api.GetAsync(Admin).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal(["best-effort", "standard", "critical"], (await person.Api.GetAsync("/api/v1/tiers").JsonAsync()).EnumerateArray().Select(tier => tier.Text("id")));
        var refused = await portal.DoAsync<SaveTier, Outcome<Tier>>(save => save.CreateAsync("gold", Gold, person.Actor, default));
        Assert.Equal(RefusalKind.Forbidden, refused.Refusal!.Kind);
    }

    [Fact]
    public async Task Says_who_would_no_longer_be_within_their_promise_when_something_measures_it()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var standard = await portal.RecordAsync(record => record.Tiers.SingleAsync(tier => tier.Id == "standard"));
        var save = new SaveTier(portal.Services.GetRequiredService<IDbContextFactory<RecordContext>>(), [new Measuring()], TimeProvider.System);

        var preview = await save.PreviewAsync("standard", standard.Version, TierDraft.Of(standard) with { RecoveryTimeSeconds = 60 }, Actor.Operator, default);

        Assert.Equal([new BrokenBy(RepositoryName.Parse("sea-ice"), "60")], preview.Value.Broken);
    }

    [Fact]
    public async Task An_administrator_edits_a_tier_on_its_page_and_sees_what_changes_before_it_does()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var administrator = await portal.PersonAsync(administrator: true);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(administrator.Name);
        var standard = await portal.RecordAsync(record => record.Tiers.SingleAsync(tier => tier.Id == "standard"));
        (string, string)[] Fields(string quota, string action) => [.. TierFields.Of(standard).All.Where(field => field.Key != "quota").Select(field => (field.Key, field.Value)), ("quota", quota), ("version", "1"), ("do", action)];
        const string page = "/admin/tiers/edit?tier=standard";

        using var wrong = await browser.SendAsync(page, "tier", Fields("much", "review"));
        Assert.Contains("&#x27;much&#x27; is no amount", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var preview = await browser.SendAsync(page, "tier", Fields("50 GiB", "review"));
        var text = await preview.Content.ReadAsStringAsync();
        Assert.Contains("<strong>50 GiB</strong>", text, StringComparison.Ordinal);
        Assert.Contains("No repository has this tier.", text, StringComparison.Ordinal);
        Assert.Equal(100L << 30, await portal.RecordAsync(record => record.Tiers.Where(tier => tier.Id == "standard").Select(tier => tier.QuotaBytes).SingleAsync()));
        Assert.Equal("/admin/tiers", await browser.SubmitAsync(page, "tier", Fields("50 GiB", "save")));
        Assert.Equal(50L << 30, await portal.RecordAsync(record => record.Tiers.Where(tier => tier.Id == "standard").Select(tier => tier.QuotaBytes).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync("/admin/tiers/edit?tier=gold")).Status);
    }

    private const string Admin = "/api/v1/admin/tiers";

    private static object Body(TierDraft draft, string? id = null, long? version = null) => new
    {
        id,
        version,
        draft.Name,
        draft.Audience,
        draft.RecoveryPointSeconds,
        draft.RecoveryTimeSeconds,
        draft.Copies,
        draft.BackupIntervalSeconds,
        draft.VerificationIntervalSeconds,
        draft.DrillIntervalSeconds,
        draft.RetentionSeconds,
        draft.QuotaBytes,
        draft.Order,
    };

    private sealed class Measuring : ITierPreview
    {
        public Task<IReadOnlyList<BrokenBy>> FindBrokenByAsync(Tier proposed, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<BrokenBy>>([new BrokenBy(RepositoryName.Parse("sea-ice"), $"{proposed.RecoveryTimeSeconds}")]);
    }
}
