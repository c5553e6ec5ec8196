using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.Portal.Exports;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Tasks;
using RepoPortal.StorageNode.Exporting;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Exports;

[Collection(nameof(PortalsWithNode))]
public sealed class ExportTests(PortalsWithNode portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_owner_downloads_the_whole_or_a_part_and_it_loads(Database database)
    {
        var (portal, owner, repository) = await StartAsync(database);
        using var scratch = new ScratchDirectory();

        var export = await ExportAsync(owner, repository, new { });

        Assert.Equal($"{repository.Name}-r1.svndump.gz", export.Text("file"));
        Assert.Equal(TimeSpan.FromDays(7), Round(export.GetProperty("keptUntil").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()));
        var path = FilePath(repository, export);
        using var whole = await owner.Api.GetAsync(path, Cancel);
        var bytes = await whole.Content.ReadAsByteArrayAsync(Cancel);
        var digest = SHA256.HashData(bytes);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal("application/gzip", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal(export.Text("file"), whole.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(export.GetProperty("sizeBytes").GetInt64(), whole.Content.Headers.ContentLength);
        Assert.Equal(export.Text("sha256"), Convert.ToHexStringLower(digest));
        Assert.Equal($"\"{export.Text("sha256")}\"", whole.Headers.ETag?.Tag);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(digest)}:", whole.Headers.GetValues("Repr-Digest").Single());
        await File.WriteAllBytesAsync(scratch["dump.gz"], bytes, Cancel);
        await Command.RunAsync("sh", "-c", "svnadmin create \"$1\" && gzip -dc < \"$0\" | svnadmin load -q \"$1\"", scratch["dump.gz"], scratch["loaded"]);
        Assert.Equal(await Command.RunAsync("svnadmin", "dump", "-q", StoredAt(portal, repository)), await Command.RunAsync("svnadmin", "dump", "-q", scratch["loaded"]));

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(100, null), IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!) } };
        using var rest = await owner.Api.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(bytes[100..], await rest.Content.ReadAsByteArrayAsync(Cancel));
        using var head = await owner.Api.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancel);
        Assert.Equal((HttpStatusCode.OK, (long?)bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));

        var actions = await portal.RecordAsync(record => record.Audit.Where(entry => entry.RepositoryId == repository.Id).Select(entry => entry.Action).ToListAsync());
        Assert.Single(actions, action => action == "repository.exported");
        Assert.Equal(2, actions.Count(action => action == "repository.export-downloaded"));
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_but_owners_and_administrators(Database database)
    {
        var (portal, owner, repository) = await StartAsync(database);
        var (writer, stranger, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        await portal.GiveAsync(repository, writer, AccessLevel.Write, owner);
        var export = await ExportAsync(administrator, repository, new { });

        foreach (var (person, status) in new[] { (writer, HttpStatusCode.Forbidden), (stranger, HttpStatusCode.NotFound) })
        {
            await person.Api.GetAsync(ExportsPath(repository), Cancel).ProblemAsync(status);
            await person.Api.PostAsJsonAsync(ExportsPath(repository), new { }, Cancel).ProblemAsync(status);
            await person.Api.GetAsync(FilePath(repository, export), Cancel).ProblemAsync(status);
            await person.Api.DeleteAsync($"{ExportsPath(repository)}/{export.GetProperty("id")}", Cancel).ProblemAsync(status);
        }

        await portal.Client().GetAsync(FilePath(repository, export), Cancel).ProblemAsync(HttpStatusCode.Unauthorized);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(writer.Name);
        Assert.DoesNotContain("Take it with you", (await browser.ReadAsync($"/r/{repository.Name}/promise")).Text, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.ReadAsync($"/r/{repository.Name}/exports/{export.GetProperty("id")}/file")).Status);
        Assert.Equal(HttpStatusCode.OK, (await administrator.Api.GetAsync(FilePath(repository, export), Cancel)).StatusCode);

        // Another repository's owner does not get it by that one's name.
        var other = await portal.RepositoryAsync(stranger);
        await stranger.Api.GetAsync($"{ExportsPath(other)}/{export.GetProperty("id")}/file", Cancel).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Says_what_cannot_be_exported(Database database)
    {
        var (_, owner, repository) = await StartAsync(database);

        Assert.Equal("There is no revision 2; the youngest is 1.", await AskAsync(new { revision = 2 }, HttpStatusCode.BadRequest));
        Assert.Equal("An export ends with revision 0, so it begins with one from 0 to that.", await AskAsync(new { from = 1, revision = 0 }, HttpStatusCode.BadRequest));
        Assert.StartsWith("An archive has everything up to a revision", await AskAsync(new { form = "archive", from = 1 }, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        for (var count = 0; count < Export.Most; count++)
            await ExportAsync(owner, repository, new { revision = 0 });
        Assert.Equal("There are 3 exports of it. Delete one of them first.", await AskAsync(new { }, HttpStatusCode.Conflict));

        Task<string> AskAsync(object body, HttpStatusCode status) => owner.Api.PostAsJsonAsync(ExportsPath(repository), body, Cancel).ProblemAsync(status);
    }

    [Theory, OnEachDatabase]
    public async Task Two_who_ask_at_once_get_one(Database database)
    {
        var (_, owner, repository) = await StartAsync(database);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.Api.PostAsJsonAsync(ExportsPath(repository), new { }, Cancel)));

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict));
        await Eventually.TrueAsync(async () => (await ListAsync(owner, repository)).All(export => export.GetProperty("keptUntil").ValueKind != JsonValueKind.Null));
        Assert.Equal(answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted), (await ListAsync(owner, repository)).Length);
    }

    [Theory, OnEachDatabase]
    public async Task Goes_when_it_is_deleted_when_its_time_is_over_and_with_its_repository(Database database)
    {
        var (portal, owner, repository) = await StartAsync(database);
        var (deleted, over, purged) = (await ExportAsync(owner, repository, new { }), await ExportAsync(owner, repository, new { }), await ExportAsync(owner, repository, new { }));
        var files = portal.Services.GetRequiredService<ExportFiles>();

        using (var answer = await owner.Api.DeleteAsync($"{ExportsPath(repository)}/{deleted.GetProperty("id")}", Cancel))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await portal.RecordAsync(record => record.Exports.Where(row => row.Id == over.GetProperty("id").GetGuid())
            .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.KeptUntil, TimeProvider.System.GetUtcNow())));
        await owner.Api.GetAsync(FilePath(repository, over), Cancel).ProblemAsync(HttpStatusCode.Gone);
        await RemovalOf(portal).RoundAsync(Cancel);

        Assert.Equal([purged.Text("id")], (await ListAsync(owner, repository)).Select(export => export.Text("id")));
        Assert.Equal((false, false, true), (Exists(deleted), Exists(over), Exists(purged)));
        await owner.Api.GetAsync(FilePath(repository, over), Cancel).ProblemAsync(HttpStatusCode.NotFound);
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).ExecuteDeleteAsync());
        await RemovalOf(portal).RoundAsync(Cancel);
        Assert.False(Exists(purged));

        bool Exists(JsonElement export) => File.Exists(files.PathOf(export.GetProperty("id").GetGuid()));
    }

    [Theory, OnEachDatabase]
    public async Task One_whose_file_is_gone_is_said_to_be_and_taken_off_the_list(Database database)
    {
        var (portal, owner, repository) = await StartAsync(database);
        var export = await ExportAsync(owner, repository, new { form = "archive", compression = "zstd" });
        Assert.Equal($"{repository.Name}-r1.tar.zst", export.Text("file"));
        portal.Services.GetRequiredService<ExportFiles>().Remove(export.GetProperty("id").GetGuid());

        Assert.Equal("Its time is over, or its file is gone; ask for another export.", await owner.Api.GetAsync(FilePath(repository, export), Cancel).ProblemAsync(HttpStatusCode.Gone));
        await RemovalOf(portal).RoundAsync(Cancel);

        Assert.Empty(await ListAsync(owner, repository));
    }

    [Theory, OnEachDatabase]
    public async Task What_cannot_be_made_leaves_a_sentence_and_no_export(Database database)
    {
        var (portal, owner, repository) = await StartAsync(database);
        File.Delete(Path.Combine(StoredAt(portal, repository), "db", "revs", "0", "1"));

        var task = await owner.Api.PostAsJsonAsync(ExportsPath(repository), new { }, Cancel).JsonAsync(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () => (task = await owner.Api.GetAsync($"/api/v1/tasks/{task.Text("id")}", Cancel).JsonAsync()).Text("state") == "failed");

        Assert.StartsWith("the export could not be made: ", task.Text("outcome"), StringComparison.Ordinal);
        Assert.Empty(await ListAsync(owner, repository));
    }

    [Theory, OnEachDatabase]
    public async Task One_that_is_being_made_is_given_up_and_another_can_be_asked_for(Database database)
    {
        var (portal, owner, repository) = await StartAsync(database);
        var first = await BeingMadeAsync(portal, owner, repository);
        await portal.Client().PostAsync(new Uri($"/api/v1/tasks/{first}/cancel", UriKind.Relative), content: null, Cancel).ProblemAsync(HttpStatusCode.Unauthorized);

        var cancelled = await owner.PostAsync($"tasks/{first}/cancel").JsonAsync();
        var second = await BeingMadeAsync(portal, owner, repository);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        Assert.Contains("Give up", (await browser.ReadAsync($"/r/{repository.Name}/promise")).Text, StringComparison.Ordinal);
        Assert.Equal($"/r/{repository.Name}/promise", await browser.SubmitAsync($"/r/{repository.Name}/promise", $"delete-export-{second}"));

        Assert.Equal(("failed", $"The export was given up by {owner.Name}."), (cancelled.Text("state"), cancelled.Text("outcome")));
        Assert.Empty(await ListAsync(owner, repository));
        Assert.Equal(2, await portal.RecordAsync(record => record.Tasks.CountAsync(task => task.RepositoryId == repository.Id && task.State == TaskState.Failed && task.Key == null)));
        await ExportAsync(owner, repository, new { });
    }

    [Theory, OnEachDatabase]
    public async Task A_download_breaks_off_when_its_reader_loses_the_right(Database database)
    {
        var (portal, owner, repository) = await StartAsync(database);
        var export = await ExportAsync(owner, repository, new { });
        var (id, past) = (export.GetProperty("id").GetGuid(), new Clock());
        var open = ActivatorUtilities.CreateInstance<OpenExport>(portal.Services, past);
        var opened = (await open.ExecuteAsync(repository.Name.Value, id, reads: true, owner.Actor, Cancel)).Value;
        await using var content = opened.Content;
        Assert.Equal(100, await content.ReadAtLeastAsync(new byte[100], 100, cancellationToken: Cancel));

        await portal.RecordAsync(record => record.Members.Where(row => row.RepositoryId == repository.Id).ExecuteDeleteAsync());
        content.Position = 0;
        Assert.Equal(100, await content.ReadAtLeastAsync(new byte[100], 100, cancellationToken: Cancel));
        past.Elapse(TimeSpan.FromSeconds(2));
        content.Position = 0;

        await Assert.ThrowsAsync<IOException>(async () => await content.ReadExactlyAsync(new byte[100], Cancel));
    }

    [Theory, OnEachDatabase]
    public async Task The_page_asks_lists_and_deletes_without_a_script(Database database)
    {
        var (portal, owner, repository) = await StartAsync(database);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var promise = $"/r/{repository.Name}/promise";

        using (var refused = await browser.SendAsync(promise, "export", ("form", "dump"), ("from", "7"), ("last", "1")))
            Assert.Contains("begins with one from 0 to that", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var followed = await browser.SubmitAsync(promise, "export", ("form", "dump"), ("from", "0"), ("last", "1"));
        Assert.StartsWith($"/r/{repository.Name}/tasks/", followed, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await browser.ReadAsync(followed!)).Text.Contains("is ready and kept until", StringComparison.Ordinal));

        var export = Assert.Single(await ListAsync(owner, repository));
        var page = (await browser.ReadAsync(promise)).Text;
        Assert.Contains(export.Text("sha256"), page, StringComparison.Ordinal);
        Assert.Contains($"/r/{repository.Name}/exports/{export.Text("id")}/file", page, StringComparison.Ordinal);
        var bytes = await browser.Http.GetByteArrayAsync($"/r/{repository.Name}/exports/{export.Text("id")}/file", Cancel);
        Assert.Equal(export.Text("sha256"), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(promise, await browser.SubmitAsync(promise, $"delete-export-{export.Text("id")}"));
        Assert.Empty(await ListAsync(owner, repository));
    }

    [Theory, OnEachDatabase]
    public async Task A_command_fetches_by_its_secret_and_nobody_without(Database database)
    {
        var (portal, _, repository) = await StartAsync(database);
        var request = new ExportRequest(ExportForm.Dump, ExportCompression.Gzip, First: null, new RestorePoint(null, null), Incremental: false, Deltas: true);
        var id = (await portal.DoAsync<AskForExport, Outcome<Guid>>(ask => ask.ExecuteAsync(repository.Name.Value, request, TokenDigest.Of("secret"), Actor.Operator, Cancel))).Value;
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Exports.AnyAsync(row => row.Id == id && row.KeptUntil != null)));

        foreach (var (key, status) in new[] { ("secret", HttpStatusCode.OK), ("Secret", HttpStatusCode.NotFound), ("", HttpStatusCode.NotFound) })
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, ExportEndpoints.CommandPath) { Headers = { { ExportEndpoints.KeyHeader, key } } };
            using var answer = await portal.Client().SendAsync(message, Cancel);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    // As if another server worked on it.
    private static async Task<Guid> BeingMadeAsync(PortalHost portal, TestPerson owner, RepositoryView repository)
    {
        var now = TimeProvider.System.GetUtcNow();
        var task = TaskKeys.NewTask(TaskKind.Export, repository.Id, owner.Actor, now);
        (task.State, task.LeaseUntil) = (TaskState.Running, now.AddMinutes(4));
        await portal.RecordAsync(async record =>
        {
            record.Add(task);
            record.Add(new Export
            {
                Id = task.Id,
                RepositoryId = repository.Id,
                NodeName = await record.Copies.Where(copy => copy.RepositoryId == repository.Id).Select(copy => copy.NodeName).SingleAsync(Cancel),
                FileName = "cores.svndump.gz",
                Form = ExportForm.Dump,
                Compression = ExportCompression.Gzip,
                First = 0,
                Last = 1,
                Incremental = false,
                Deltas = false,
                RequestedBy = owner.Name.Value,
                RequestedAt = now,
            });
            return await record.SaveChangesAsync(Cancel);
        });
        return task.Id;
    }

    private async Task<(PortalHost Portal, TestPerson Owner, RepositoryView Repository)> StartAsync(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        return (portal, owner, await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard));
    }

    private static async Task<JsonElement> ExportAsync(TestPerson person, RepositoryView repository, object body)
    {
        var task = await person.Api.PostAsJsonAsync(ExportsPath(repository), body, Cancel).JsonAsync(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () => (await person.Api.GetAsync($"/api/v1/tasks/{task.Text("id")}", Cancel).JsonAsync()).Text("state") == "done");
        return (await ListAsync(person, repository)).Single(export => export.Text("id") == task.Text("id"));
    }

    private static async Task<JsonElement[]> ListAsync(TestPerson person, RepositoryView repository) =>
        [.. (await person.Api.GetAsync(ExportsPath(repository), Cancel).JsonAsync()).EnumerateArray()];

    private static string ExportsPath(RepositoryView repository) => $"/api/v1/repositories/{repository.Name}/exports";

    private static string FilePath(RepositoryView repository, JsonElement export) => $"{ExportsPath(repository)}/{export.GetProperty("id")}/file";

    private static string StoredAt(PortalHost portal, RepositoryView repository) => portal.Directories().Copy(new RepositoryCopy(repository.Id, 1));

    private static ExportRemoval RemovalOf(PortalHost portal) => portal.Services.GetServices<IHostedService>().OfType<ExportRemoval>().Single();

    private static TimeSpan Round(TimeSpan span) => TimeSpan.FromHours(Math.Round(span.TotalHours));

    private sealed class Clock : TimeProvider
    {
        private long _elapsed;

        public override long GetTimestamp() => System.GetTimestamp() + _elapsed;

        public void Elapse(TimeSpan span) => _elapsed += (long)(span.TotalSeconds * TimestampFrequency);
    }
}
