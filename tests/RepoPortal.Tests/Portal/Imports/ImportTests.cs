using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Imports;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.StorageNode;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Imports;

[Collection(nameof(PortalsWithNode))]
public sealed class ImportTests(PortalsWithNode portals)
{
    [Theory, OnEachDatabase]
    public async Task Brings_a_history_in_with_its_uuid_and_gives_a_second_one_another(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, user) = (await portal.PersonAsync(), await portal.PersonAsync());
        var uuid = Guid.NewGuid();
        var (first, second) = (PortalHost.NewName("import"), PortalHost.NewName("import"));

        var done = await ImportAsync(owner, first, Dump(uuid, revisions: 3), new() { ["jdoe"] = user.Name.Value });
        await ImportAsync(owner, second, Dump(uuid, revisions: 3));

        Assert.Equal(("done", "Imported 3 revisions from an uploaded dump."), (done.Text("state"), done.Text("outcome")));
        Assert.Equal(AccessLevel.Owner, (await portal.RouteAsync(first))!.AccessOf(owner.Name));
        Assert.Equal((uuid, RepositoryState.Ready, 3), await portal.RecordAsync(record => RowAsync(record, first)));
        var (other, _, youngest) = await portal.RecordAsync(record => RowAsync(record, second));
        Assert.NotEqual(uuid, other);
        Assert.Equal(3, youngest);
        var authors = await portal.RecordAsync(record => record.Commits
            .Where(commit => record.Repositories.Any(row => row.Id == commit.RepositoryId && row.Name == RepositoryName.Parse(first))).Select(commit => commit.Author).Distinct().ToListAsync());
        Assert.Equal([user.Name.Value], authors);
        Assert.Equal(0, await portal.RecordAsync(record => record.Uploads.CountAsync(upload => upload.OwnerId == owner.Actor.UserId)));
        Assert.Contains("repository.imported", await portal.RecordAsync(record => record.Audit.Where(entry => entry.Subject == first).Select(entry => entry.Action).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task A_failed_import_is_closed_and_goes_on_with_a_whole_dump_or_without_the_rest(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, stranger) = (await portal.PersonAsync(), await portal.PersonAsync());
        var whole = Dump(Guid.NewGuid(), revisions: 5);
        var (name, kept) = (PortalHost.NewName("import"), PortalHost.NewName("import"));

        var failed = await ImportAsync(owner, name, whole[..^30]);
        await ImportAsync(owner, kept, whole[..^30]);

        const string Sentence = "Revision 5 cannot be read: the dump ends in the middle of it. The revisions up to 4 are whole.";
        Assert.Equal(("failed", Sentence), (failed.Text("state"), failed.Text("outcome")));
        Assert.Equal(RepositoryState.Failed, (await portal.RouteAsync(name))!.State);
        var seen = await owner.Api.GetAsync($"/api/v1/repositories/{name}").JsonAsync();
        Assert.Equal(("failed", Sentence), (seen.Text("state"), seen.Text("failureReason")));
        await stranger.PostAsync($"repositories/{name}/import/keep").ProblemAsync(HttpStatusCode.NotFound);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        Assert.Contains(Sentence, (await browser.ReadAsync($"/r/{name}")).Text, StringComparison.Ordinal);
        Assert.Contains("Continue with another source", (await browser.ReadAsync($"/r/{name}/import")).Text, StringComparison.Ordinal);

        var again = await owner.Api.PostAsJsonAsync($"/api/v1/repositories/{name}/import/continue", new { upload = await UploadAsync(owner, whole) }).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("done", (await FollowAsync(owner, again)).Text("state"));
        Assert.Equal(5, (await portal.RecordAsync(record => RowAsync(record, name))).Youngest);
        await owner.PostAsync($"repositories/{name}/import/keep").ProblemAsync(HttpStatusCode.Conflict);

        var task = await browser.SubmitAsync($"/r/{kept}", "keep-import");
        Assert.StartsWith($"/r/{kept}/tasks/", task, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await portal.RecordAsync(record => RowAsync(record, kept))) is { State: RepositoryState.Ready, Youngest: 4 });
        // The task is over a moment later.
        await Eventually.TrueAsync(async () => (await browser.ReadAsync(task!)).Text.Contains("Serves the 4 revisions that were whole.", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task A_running_import_is_stopped_by_its_owner_and_what_is_whole_is_kept(Database database)
    {
        // More than is loaded until anybody could stop it.
        const int Revisions = 30_000;
        var portal = await portals.OnAsync(database);
        var (owner, stranger) = (await portal.PersonAsync(), await portal.PersonAsync());
        var (name, other) = (PortalHost.NewName("import"), PortalHost.NewName("import"));
        var upload = await UploadAsync(owner, Dump(Guid.NewGuid(), Revisions));
        var task = await owner.Api.PostAsJsonAsync("/api/v1/imports", new { name, upload }).JsonAsync(HttpStatusCode.Accepted);
        var import = await ImportedToAsync(portal, name);
        await Eventually.TrueAsync(() => Task.FromResult(Loaded(import) > 0));

        await stranger.PostAsync($"tasks/{task.Text("id")}/cancel").ProblemAsync(HttpStatusCode.NotFound);
        var stopped = await owner.PostAsync($"tasks/{task.Text("id")}/cancel").JsonAsync();

        var sentence = $"The import was stopped by {owner.Name}.";
        Assert.Equal(("failed", sentence), (stopped.Text("state"), stopped.Text("outcome")));
        var seen = await owner.Api.GetAsync($"/api/v1/repositories/{name}").JsonAsync();
        Assert.Equal(("failed", sentence), (seen.Text("state"), seen.Text("failureReason")));
        Assert.Equal("It is over already.", await owner.PostAsync($"tasks/{task.Text("id")}/cancel").ProblemAsync(HttpStatusCode.Conflict));
        await Eventually.TrueAsync(() => Task.FromResult(!IsLoading(import) && File.ReadAllText(Path.Combine(import, "written-in")) == "on disk"));
        var whole = Loaded(import);
        Assert.InRange(whole, 1, Revisions - 1);
        Assert.Equal("failed", (await owner.Api.GetAsync($"/api/v1/tasks/{task.Text("id")}").JsonAsync()).Text("state"));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        Assert.Contains($"everything up to revision {whole.ToString(CultureInfo.InvariantCulture)}.", (await browser.ReadAsync($"/r/{name}")).Text, StringComparison.Ordinal);
        Assert.StartsWith($"/r/{name}/tasks/", await browser.SubmitAsync($"/r/{name}", "keep-import"), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await portal.RecordAsync(record => RowAsync(record, name))) is { State: RepositoryState.Ready } row && row.Youngest == whole);
        Assert.Contains("repository.import-stopped", await portal.RecordAsync(record => record.Audit.Where(entry => entry.Subject == name).Select(entry => entry.Action).ToListAsync()));

        // The same on its page, while it is loaded or waits for its turn.
        var again = await UploadAsync(owner, Dump(Guid.NewGuid(), Revisions));
        await owner.Api.PostAsJsonAsync("/api/v1/imports", new { name = other, upload = again }).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal($"/r/{other}", await browser.SubmitAsync($"/r/{other}", "stop-import"));
        Assert.Contains(sentence, (await browser.ReadAsync($"/r/{other}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync($"/api/v1/repositories/{other}")).StatusCode);
    }

    [Theory, OnEachDatabase]
    public async Task Owners_are_not_told_the_servers_paths_and_nothing_is_no_choice(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        using var scratch = new ScratchDirectory();
        var (file, name) = (scratch["dumps/secret/cores.dump"], PortalHost.NewName("import"));
        var request = new NewRepository(name, Description: null, "standard", Visibility.Private, RepositoryLayout.Empty);
        var asked = await portal.DoAsync<ImportRepository, Outcome<Guid>>(import => import.ExecuteAsync(
            request, new NewSource(File: file), ImmutableDictionary<string, string>.Empty, owner.Name.Value, Actor.Operator, TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(async () => (await owner.Api.GetAsync($"/api/v1/tasks/{asked.Value}").JsonAsync()).Text("state") == "failed");

        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var page = (await browser.ReadAsync($"/r/{name}")).Text;
        Assert.Contains("No revision is whole yet. Begin again, from a dump file that an administrator named", page, StringComparison.Ordinal);
        Assert.DoesNotContain("keep-import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
        Assert.Contains("cores.dump", (await owner.Api.GetAsync($"/api/v1/tasks/{asked.Value}").JsonAsync()).Text("outcome"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await browser.ReadAsync($"/r/{name}/tasks/{asked.Value}")).Text, StringComparison.Ordinal);
        using var other = new FormBrowser(portal);
        await other.SignInAsync(administrator.Name);
        Assert.Contains(file, (await other.ReadAsync($"/r/{name}")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Takes_a_file_by_the_form_alone_and_says_what_is_missing(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var name = PortalHost.NewName("import");
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);

        using (var refused = await SendFileAsync(browser, name, [], ("authors", "nonsense")))
            Assert.Contains("is not of the form", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var refused = await SendFileAsync(browser, name, []))
            Assert.Contains("Say what is to be imported", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var refused = await SendFileAsync(browser, name, Dump(Guid.NewGuid(), 2), ("authors", "jdoe = nobody-knows")))
            Assert.Contains("There is no user &#x27;nobody-knows&#x27;.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var taken = await SendFileAsync(browser, name, Dump(Guid.NewGuid(), 2)))
            Assert.Contains($"/r/{name}/tasks/", taken.Headers.Location!.ToString(), StringComparison.Ordinal);

        await Eventually.TrueAsync(async () => (await portal.RecordAsync(record => RowAsync(record, name))) is { State: RepositoryState.Ready, Youngest: 2 });
    }

    private static async Task<string> ImportedToAsync(PortalHost portal, string name) => portal.Services.GetRequiredService<NodeDirectories>().Import(new RepositoryCopy(
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Name == RepositoryName.Parse(name)).Select(row => row.Id).SingleAsync()), 1));

    // While a repository is being made, the file is not there or empty.
    private static long Loaded(string import) =>
        Path.Combine(import, "repository", "db", "current") is var current && File.Exists(current) && long.TryParse(File.ReadAllText(current), CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private static bool IsLoading(string import) => Process.GetProcessesByName("svnadmin")
        .Any(process => File.Exists($"/proc/{process.Id}/cmdline") && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(import, StringComparison.Ordinal));

    private static async Task<(Guid Uuid, RepositoryState State, long Youngest)> RowAsync(RepoPortal.Portal.Record.RecordContext record, string name)
    {
        var row = await record.Repositories.AsNoTracking().SingleAsync(row => row.Name == RepositoryName.Parse(name));
        return (row.Uuid, row.State, row.Youngest);
    }

    private static async Task<JsonElement> ImportAsync(TestPerson owner, string name, byte[] dump, Dictionary<string, string>? authors = null)
    {
        var upload = await UploadAsync(owner, dump);
        return await FollowAsync(owner, await owner.Api.PostAsJsonAsync("/api/v1/imports", new { name, upload, authors }).JsonAsync(HttpStatusCode.Accepted));
    }

    private static async Task<Guid> UploadAsync(TestPerson owner, byte[] content)
    {
        var id = (await owner.Api.PostAsJsonAsync("/api/v1/uploads", new { length = content.Length }).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/uploads/{id}") { Content = new ByteArrayContent(content) };
        request.Headers.Add("Upload-Offset", "0");
        using var response = await owner.Api.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return id;
    }

    private static async Task<JsonElement> FollowAsync(TestPerson owner, JsonElement task)
    {
        JsonElement now = default;
        await Eventually.TrueAsync(async () =>
        {
            now = await owner.Api.GetAsync($"/api/v1/tasks/{task.Text("id")}").JsonAsync();
            return now.Text("state") is "done" or "failed";
        });
        return now;
    }

    private static async Task<HttpResponseMessage> SendFileAsync(FormBrowser browser, string name, byte[] file, params (string Field, string Value)[] fields)
    {
        var (_, page) = await browser.ReadAsync("/new/import");
        using var content = new MultipartFormDataContent();
        (string, string)[] all =
        [
            ("_handler", "import-repository"), ("__RequestVerificationToken", page.Split("name=\"__RequestVerificationToken\" value=\"")[^1].Split('"')[0]),
            ("name", name), ("tier", "standard"), ("visibility", "private"), .. fields,
        ];
        foreach (var (field, value) in all)
            content.Add(new StringContent(value), field);
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Add(part, "file", "history.dump");
        return await browser.Http.PostAsync("/new/import", content);
    }

    // By one author; each revision makes a directory.
    private static byte[] Dump(Guid uuid, int revisions)
    {
        const string Properties = "K 10\nsvn:author\nV 4\njdoe\nK 8\nsvn:date\nV 27\n2020-01-02T03:04:05.000000Z\nPROPS-END\n";
        var text = new StringBuilder($"SVN-fs-dump-format-version: 2\n\nUUID: {uuid}\n\nRevision-number: 0\nProp-content-length: 10\nContent-length: 10\n\nPROPS-END\n\n");
        for (var revision = 1; revision <= revisions; revision++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Revision-number: {revision}\nProp-content-length: {Properties.Length}\nContent-length: {Properties.Length}\n\n{Properties}\n");
            text.Append(CultureInfo.InvariantCulture, $"Node-path: directory-{revision}\nNode-kind: dir\nNode-action: add\nProp-content-length: 10\nContent-length: 10\n\nPROPS-END\n\n\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
