using System.Net;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Life;

[Collection(nameof(PortalsWithNode))]
public sealed class ArchiveTests(PortalsWithNode portals)
{
    [Theory, OnEachDatabase]
    public async Task Is_read_only_on_every_layer_and_back_as_before(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await portal.GiveAsync(repository, writer, AccessLevel.Write, owner);
        var path = $"repositories/{repository.Name}";
        var accessFile = Path.Combine(portal.Directories().Store, repository.Id.ToString(), "1", "conf", "authz");
        var before = await ReadAsync(accessFile);
        Assert.Contains("rw", before, StringComparison.Ordinal);

        var archived = await owner.PostAsync($"{path}/archive").JsonAsync();

        Assert.Equal(owner.Name.Value, archived.Text("archivedBy"));
        var route = await portal.RouteAsync(repository.Name.Value);
        Assert.Equal(archived.GetProperty("archivedAt").GetDateTimeOffset(), route!.ArchivedAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(AccessLevel.Write, route.AccessOf(writer.Name));
        Assert.DoesNotContain("rw", await ReadAsync(accessFile), StringComparison.Ordinal);
        Assert.Equal(archived.GetProperty("archivedAt").GetDateTimeOffset(), (await owner.PostAsync($"{path}/archive").JsonAsync()).GetProperty("archivedAt").GetDateTimeOffset());

        var back = await owner.PostAsync($"{path}/unarchive").JsonAsync();

        Assert.Equal(System.Text.Json.JsonValueKind.Null, back.GetProperty("archivedAt").ValueKind);
        Assert.Null((await portal.RouteAsync(repository.Name.Value))!.ArchivedAt);
        Assert.Equal(before, await ReadAsync(accessFile));
        Assert.Equal(
            ["repository.created", "repository.ready", "member.set", "repository.archived", "repository.unarchived"],
            await portal.RecordAsync(record => record.Audit.Where(row => row.RepositoryId == repository.Id).OrderBy(row => row.Id).Select(row => row.Action).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Pages_say_so_and_owners_alone_decide(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, reader) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await portal.GiveAsync(repository, reader, AccessLevel.Read, owner);
        Assert.Equal(
            "Only an owner of the repository may archive it.",
            await reader.PostAsync($"repositories/{repository.Name}/archive").ProblemAsync(HttpStatusCode.Forbidden));
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);

        Assert.Equal($"/r/{repository.Name}/settings", await browser.SubmitAsync($"/r/{repository.Name}/settings", "archive"));

        foreach (var page in new[] { "", "/log/", "/people", "/promise", "/usage", "/audit", "/settings" })
            Assert.Contains("Archived and read-only since", (await browser.ReadAsync($"/r/{repository.Name}{page}")).Text, StringComparison.Ordinal);
        await browser.SubmitAsync($"/r/{repository.Name}/settings", "archive");
        Assert.DoesNotContain("Archived and read-only since", (await browser.ReadAsync($"/r/{repository.Name}")).Text, StringComparison.Ordinal);
    }

    // Without the first line, which tells the version.
    private static async Task<string> ReadAsync(string accessFile) =>
        string.Join('\n', (await File.ReadAllLinesAsync(accessFile, TestContext.Current.CancellationToken)).Skip(1));
}
