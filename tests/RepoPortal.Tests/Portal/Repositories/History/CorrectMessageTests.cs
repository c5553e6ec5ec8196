using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.History.Messages;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Repositories.History;

[Collection(nameof(PortalsWithNode))]
public sealed class CorrectMessageTests(PortalsWithNode portals)
{
    [Theory, OnEachDatabase]
    public async Task Corrects_it_everywhere_and_keeps_what_was_there(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, reader) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await portal.GiveAsync(repository, writer, AccessLevel.Write, owner);
        await portal.GiveAsync(repository, reader, AccessLevel.Read, owner);
        var disk = await CommitAsync(portal, repository, writer.Name.Value, "first\n\nwith a pasword");

        var corrected = await PutAsync(writer, repository, 1, new { message = "First\r\n\r\nwithout it \r\n", expected = "first\n\nwith a pasword" }).JsonAsync();

        Assert.Equal("First\n\nwithout it", corrected.Text("message"));
        Assert.Equal("First\n\nwithout it", await Command.RunAsync("svnlook", "log", "-r", "1", disk));
        Assert.Equal(JsonValueKind.Null, Assert.Single(corrected.GetProperty("corrections").EnumerateArray()).GetProperty("before").ValueKind);
        await PutAsync(owner, repository, 1, new { message = "Again" }).JsonAsync();
        var history = (await owner.Api.GetFromJsonAsync<JsonElement>(Address(repository, 1), TestContext.Current.CancellationToken)).GetProperty("corrections").EnumerateArray()
            .Select(correction => (correction.Text("by"), correction.Text("before")));
        Assert.Equal([(owner.Name.Value, "First\n\nwithout it"), (writer.Name.Value, "first\n\nwith a pasword")], history);
        Assert.Equal("Again", await portal.RecordAsync(record => record.Commits.Where(row => row.RepositoryId == repository.Id && row.Revision == 1).Select(row => row.Message).SingleAsync()));
        Assert.Equal(
            [(writer.Name.Value, "{\"revision\":1}"), (owner.Name.Value, "{\"revision\":1}")],
            (await portal.RecordAsync(record => record.Audit.Where(row => row.RepositoryId == repository.Id && row.Action == "message.corrected").OrderBy(row => row.Id).ToListAsync()))
                .Select(row => (row.ActorName, row.Detail)));

        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(reader.Name);
        var page = (await browser.ReadAsync($"/r/{repository.Name}/rev/1")).Text;
        Assert.Contains("Again", page, StringComparison.Ordinal);
        Assert.Contains("Corrected by", page, StringComparison.Ordinal);
        Assert.DoesNotContain("pasword", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Correct the message", page, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_what_is_overtaken_what_is_no_message_and_who_is_neither_author_nor_owner(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, stranger) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await portal.GiveAsync(repository, writer, AccessLevel.Write, owner);
        var disk = await CommitAsync(portal, repository, owner.Name.Value, "a message");

        Assert.Contains("changed meanwhile", await PutAsync(owner, repository, 1, new { message = "mine", expected = "another" }).ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("cannot be taken away", await PutAsync(owner, repository, 1, new { message = " \n " }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("says that already", await PutAsync(owner, repository, 1, new { message = "a message\n" }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("no control characters", await PutAsync(owner, repository, 1, new { message = "bell \u0007" }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("at most 20000", await PutAsync(owner, repository, 1, new { message = new string('x', 20_001) }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("owners of the repository", await PutAsync(writer, repository, 1, new { message = "mine" }).ProblemAsync(HttpStatusCode.Forbidden), StringComparison.Ordinal);
        await PutAsync(stranger, repository, 1, new { message = "mine" }).ProblemAsync(HttpStatusCode.NotFound);
        await PutAsync(owner, repository, 99, new { message = "mine" }).ProblemAsync(HttpStatusCode.NotFound);

        var hook = Path.Combine(disk, "hooks", "pre-revprop-change");
        await File.WriteAllTextAsync(hook, "#!/bin/sh\necho \"not $3, says the hook\" >&2\nexit 1\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains($"not {owner.Name}, says the hook", await PutAsync(owner, repository, 1, new { message = "mine" }).ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        File.Delete(hook);

        await owner.PostAsync($"repositories/{repository.Name}/archive").JsonAsync();
        Assert.Contains("is archived", await PutAsync(owner, repository, 1, new { message = "mine" }).ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Equal("a message", await Command.RunAsync("svnlook", "log", "-r", "1", disk));
        Assert.Equal(0, await portal.RecordAsync(record => record.CorrectedMessages.CountAsync(row => row.RepositoryId == repository.Id)));
    }

    [Theory, OnEachDatabase]
    public async Task What_was_begun_when_the_server_ended_is_found_out(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var disk = await CommitAsync(portal, repository, owner.Name.Value, "second");
        await BeginAsync("first", "second");
        await BeginAsync("second", "never written");

        var view = await owner.Api.GetFromJsonAsync<JsonElement>(Address(repository, 1), TestContext.Current.CancellationToken);

        Assert.Equal("first", Assert.Single(view.GetProperty("corrections").EnumerateArray()).Text("before"));
        Assert.Equal(1, await portal.RecordAsync(record => record.CorrectedMessages.CountAsync(row => row.RepositoryId == repository.Id)));
        Assert.Equal(1, await portal.RecordAsync(record => record.Audit.CountAsync(row => row.RepositoryId == repository.Id && row.Action == "message.corrected")));
        Assert.Equal("second", await Command.RunAsync("svnlook", "log", "-r", "1", disk));

        Task<int> BeginAsync(string before, string after) => portal.RecordAsync(record =>
        {
            record.Add(new CorrectedMessage
            {
                Id = Guid.NewGuid(),
                RepositoryId = repository.Id,
                Revision = 1,
                At = TimeProvider.System.GetUtcNow().AddHours(-1),
                UserId = owner.Actor.UserId,
                By = owner.Name,
                Before = before,
                After = after,
            });
            return record.SaveChangesAsync();
        });
    }

    [Theory, OnEachDatabase]
    public async Task Two_who_correct_by_the_form_do_not_overwrite_each_other(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var disk = await CommitAsync(portal, repository, owner.Name.Value, "a message");
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var page = $"/r/{repository.Name}/rev/1/message";
        Assert.Contains("a message", (await browser.ReadAsync(page)).Text, StringComparison.Ordinal);
        Assert.Equal($"/r/{repository.Name}/rev/1", await browser.SubmitAsync(page, "message", ("message", "by the form"), ("seen", MessageRules.MarkOf("a message"))));
        Assert.Null(await browser.SubmitAsync(page, "message", ("message", "overtaken"), ("seen", MessageRules.MarkOf("a message"))));
        Assert.Equal("by the form", await Command.RunAsync("svnlook", "log", "-r", "1", disk));
    }

    private static string Address(RepositoryView repository, long revision) => $"/api/v1/repositories/{repository.Name}/revisions/{revision}/message";

    private static Task<HttpResponseMessage> PutAsync(TestPerson person, RepositoryView repository, long revision, object body) =>
        person.Api.PutAsJsonAsync(Address(repository, revision), body);

    // By svnmucc past httpd: the hook notices, and the record hears of it.
    private static async Task<string> CommitAsync(PortalHost portal, RepositoryView repository, string author, string message)
    {
        var disk = Path.Combine(portal.Directories().Store, repository.Id.ToString(), "1");
        await Command.RunAsync("svnmucc", "-u", author, "-m", message, "-U", new Uri(disk).AbsoluteUri, "mkdir", "place");
        await Eventually.TrueAsync(async () => await portal.RecordAsync(record => record.Commits.CountAsync(row => row.RepositoryId == repository.Id)) == 1);
        return disk;
    }
}
