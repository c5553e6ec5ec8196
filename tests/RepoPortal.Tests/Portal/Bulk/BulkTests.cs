using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Bulk;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tasks;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Bulk;

[Collection(nameof(PortalsWithNode))]
public sealed class BulkTests(PortalsWithNode portals)
{
    private const string Bulk = "/api/v1/admin/bulk";

    [Theory, OnEachDatabase]
    public async Task Shows_what_would_become_of_each_and_does_it_once_when_told_to(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var (first, second, archived) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        await owner.PostAsync($"repositories/{archived.Name}/archive").JsonAsync();

        var preview = await PreviewAsync(administrator, new { action = "archive", filter = new { owner = owner.Name.Value } });

        Assert.Equal("drafted", preview.Text("state"));
        Assert.Equal(
            [(first.Name.Value, "waiting", "becomes read-only"), (second.Name.Value, "waiting", "becomes read-only"), (archived.Name.Value, "excluded", "It is archived already.")],
            Items(preview).OrderBy(item => item.Name == archived.Name.Value).ThenBy(item => item.Name.Length).ThenBy(item => item.Name, StringComparer.Ordinal));
        Assert.Null((await portal.ViewAsync(first, owner)).Life.ArchivedAt);

        // What comes to match afterwards is not among them.
        var newcomer = await portal.RepositoryAsync(owner);
        for (var twice = 0; twice < 2; twice++)
            await administrator.PostAsync($"admin/bulk/{preview.Text("id")}/begin").JsonAsync(HttpStatusCode.Accepted);
        var done = await FollowAsync(administrator, preview);

        Assert.Equal(("done", "Done for 2 repositories."), (done.Text("state"), done.Text("outcome")));
        Assert.NotNull((await portal.ViewAsync(first, owner)).Life.ArchivedAt);
        Assert.NotNull((await portal.RouteAsync(second.Name.Value))!.ArchivedAt);
        Assert.Null((await portal.ViewAsync(newcomer, owner)).Life.ArchivedAt);
        foreach (var repository in new[] { first, second })
            Assert.Equal([administrator.Name.Value], await ArchivedByAsync(portal, repository));
        Assert.Equal(1, await portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == "bulk.begun" && entry.ActorName == administrator.Name.Value)));
    }

    [Theory, OnEachDatabase]
    public async Task Each_is_looked_at_once_more_when_its_turn_comes_and_says_why_it_could_not_be_changed(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var (kept, deleted) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        var preview = await PreviewAsync(administrator, new { action = "change-tier", tier = "best-effort", repositories = new[] { kept.Name.Value, deleted.Name.Value } });
        Assert.All(Items(preview), item => Assert.Equal("leaves the tier Standard", item.Sentence));
        using var gone = await owner.Api.DeleteAsync($"/api/v1/repositories/{deleted.Name}");

        await administrator.PostAsync($"admin/bulk/{preview.Text("id")}/begin").JsonAsync(HttpStatusCode.Accepted);
        var done = await FollowAsync(administrator, preview);

        Assert.Equal("Done for 1 repository; 1 could not be changed.", done.Text("outcome"));
        Assert.Equal("best-effort", (await portal.ViewAsync(kept, owner)).Tier.Id);
        Assert.Equal(("failed", $"'{deleted.Name}' was deleted. Take it out of the trash first."), Items(done).Where(item => item.Name == deleted.Name.Value).Select(item => (item.State, item.Sentence)).Single());
    }

    [Theory, OnEachDatabase]
    public async Task Owners_are_added_and_exchanged_and_asked_and_backups_made(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, heir, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        var other = await portal.RepositoryAsync(administrator);
        string[] both = [repository.Name.Value, other.Name.Value];

        var handing = await PreviewAsync(administrator, new { action = "hand-over", to = heir.Name.Value, from = owner.Name.Value, leave = true, repositories = both });
        Assert.Equal([("excluded", $"'{owner.Name}' is not an owner by themselves, so there is nothing to hand over.")], Items(handing).Where(item => item.Name == other.Name.Value).Select(item => (item.State, item.Sentence)));
        foreach (var preview in new[]
        {
            handing,
            await PreviewAsync(administrator, new { action = "add-owner", to = heir.Name.Value, repositories = new[] { other.Name.Value } }),
            await PreviewAsync(administrator, new { action = "ask-owners", repositories = both }),
            await PreviewAsync(administrator, new { action = "back-up", repositories = both }),
        })
        {
            await administrator.PostAsync($"admin/bulk/{preview.Text("id")}/begin").JsonAsync(HttpStatusCode.Accepted);
            Assert.Equal("done", (await FollowAsync(administrator, preview)).Text("state"));
        }

        Assert.Equal([heir.Name], (await portal.ViewAsync(repository, heir)).Owners.Select(it => it.User));
        Assert.Equal(2, (await portal.ViewAsync(other, heir)).Owners.Count);
        Assert.Equal(2, await portal.RecordAsync(record => record.Confirmations.CountAsync(row => row.AskedAt != null && (row.RepositoryId == repository.Id || row.RepositoryId == other.Id))));
        Assert.Equal(2, await portal.RecordAsync(record => record.Protections.CountAsync(row => row.RepositoryId == repository.Id || row.RepositoryId == other.Id)));
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_what_is_wrong_with_all_and_who_may_not(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator, second) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        string[] one = [repository.Name.Value];
        await owner.Api.PostAsJsonAsync(Bulk, new { action = "archive", repositories = one }).ProblemAsync(HttpStatusCode.Forbidden);
        foreach (var (body, status, sentence) in new (object, HttpStatusCode, string)[]
        {
            (new { repositories = one }, HttpStatusCode.BadRequest, "Say what is to be done"),
            (new { action = "archive" }, HttpStatusCode.BadRequest, "Name the repositories"),
            (new { action = "archive", repositories = Array.Empty<string>() }, HttpStatusCode.BadRequest, "Choose at least one"),
            (new { action = "archive", repositories = new[] { "no-such-thing" } }, HttpStatusCode.BadRequest, "There is no repository 'no-such-thing'."),
            (new { action = "archive", filter = new { state = "odd" } }, HttpStatusCode.BadRequest, "'odd' is not one of"),
            (new { action = "add-owner", to = "nobody-here", repositories = one }, HttpStatusCode.Conflict, "There is nobody called 'nobody-here' here"),
            (new { action = "hand-over", to = owner.Name.Value, repositories = one }, HttpStatusCode.BadRequest, "Say which owner hands over"),
            (new { action = "change-tier", tier = "golden", repositories = one }, HttpStatusCode.Conflict, "'golden' is not a tier"),
            (new { action = "unarchive", repositories = one }, HttpStatusCode.Conflict, "It is in use."),
        })
            Assert.Contains(sentence, await administrator.Api.PostAsJsonAsync(Bulk, body).ProblemAsync(status), StringComparison.Ordinal);

        var preview = await PreviewAsync(administrator, new { action = "archive", repositories = one });
        await second.PostAsync($"admin/bulk/{preview.Text("id")}/begin").ProblemAsync(HttpStatusCode.Forbidden);
        await owner.PostAsync($"admin/bulk/{preview.Text("id")}/begin").ProblemAsync(HttpStatusCode.Forbidden);
        await portal.RecordAsync(record => record.Users.Where(user => user.UserName == administrator.Name.Value).ExecuteUpdateAsync(user => user.SetProperty(row => row.IsAdministrator, false)));
        await portal.RecordAsync(record => record.Tasks.Where(task => task.Id == Guid.Parse(preview.Text("id"))).ExecuteUpdateAsync(task => task.SetProperty(row => row.State, TaskState.Queued)));
        var ended = await FollowAsync(second, preview);
        Assert.Equal(("failed", $"'{administrator.Name}' is no administrator any more; the rest was left as it is."), (ended.Text("state"), ended.Text("outcome")));
        Assert.Null((await portal.ViewAsync(repository, owner)).Life.ArchivedAt);
    }

    [Theory, OnEachDatabase]
    public async Task Is_chosen_in_the_inventory_and_begun_on_the_preview_without_a_script(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var (ticked, other) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(administrator.Name);
        var inventory = $"/admin?owner={owner.Name}";
        using (var refused = await browser.SendAsync(inventory, "bulk", ("scope", "ticked"), ("verb", "archive")))
            Assert.Contains("Choose at least one repository.", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var page = await browser.SubmitAsync(inventory, "bulk", ("scope", "ticked"), ("ticked", ticked.Name.Value), ("verb", "archive"));

        var (_, text) = await browser.ReadAsync(page!);
        Assert.Contains("Nothing has happened yet", text, StringComparison.Ordinal);
        Assert.Contains(inventory, WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        Assert.DoesNotContain(other.Name.Value, text, StringComparison.Ordinal);
        Assert.Equal(page, await browser.SubmitAsync(page!, "begin"));
        await Eventually.TrueAsync(async () => (await browser.ReadAsync(page!)).Text.Contains("Done for 1 repository.", StringComparison.Ordinal));
        Assert.Contains(page!, (await browser.ReadAsync("/admin/bulk")).Text, StringComparison.Ordinal);
        Assert.NotNull((await portal.ViewAsync(ticked, owner)).Life.ArchivedAt);

        var all = await browser.SubmitAsync(inventory, "bulk", ("scope", "all"), ("verb", "ask-owners"));
        Assert.Contains($"is archived, and not asked about.", WebUtility.HtmlDecode((await browser.ReadAsync(all!)).Text), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PreviewAsync(TestPerson administrator, object body) =>
        await administrator.Api.PostAsJsonAsync(Bulk, body).JsonAsync(HttpStatusCode.Created);

    private static IEnumerable<(string Name, string State, string Sentence)> Items(JsonElement bulk) =>
        bulk.GetProperty("repositories").EnumerateArray().Select(item => (item.Text("name"), item.Text("state"), item.Text("sentence")));

    private static async Task<JsonElement> FollowAsync(TestPerson administrator, JsonElement bulk)
    {
        var address = $"{Bulk}/{bulk.Text("id")}";
        await Eventually.TrueAsync(async () => (await administrator.Api.GetAsync(address).JsonAsync()).Text("state") is "done" or "failed");
        return await administrator.Api.GetAsync(address).JsonAsync();
    }

    internal static Task<List<string>> ArchivedByAsync(PortalHost portal, RepositoryView repository) => portal.RecordAsync(record =>
        record.Audit.Where(entry => entry.RepositoryId == repository.Id && entry.Action == "repository.archived").Select(entry => entry.ActorName).ToListAsync());
}
