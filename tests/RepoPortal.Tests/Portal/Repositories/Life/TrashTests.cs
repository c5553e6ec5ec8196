using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Life;

[Collection(nameof(PortalsWithNode))]
public sealed class TrashTests(PortalsWithNode portals)
{
    [Theory, OnEachDatabase]
    public async Task What_was_deleted_is_there_for_its_owners_only_and_comes_back_as_it_was(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard);
        await portal.GiveAsync(repository, writer, AccessLevel.Write, owner);
        var path = $"/api/v1/repositories/{repository.Name}";
        await writer.Api.DeleteAsync(path).ProblemAsync(HttpStatusCode.Forbidden);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync(path)).StatusCode);

        Assert.Null(await portal.RouteAsync(repository.Name.Value));
        await writer.Api.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound);
        var seen = await owner.Api.GetAsync(path).JsonAsync();
        Assert.Equal("deleted", seen.Text("state"));
        Assert.Equal(TimeSpan.FromDays(90), seen.GetProperty("goneAt").GetDateTimeOffset() - seen.GetProperty("deletedAt").GetDateTimeOffset());
        foreach (var person in new[] { owner, administrator })
            Assert.Contains(repository.Name.Value, await TrashAsync(person));
        Assert.DoesNotContain(repository.Name.Value, await TrashAsync(writer));
        Assert.DoesNotContain(repository.Name.Value, (await owner.Api.GetAsync("/api/v1/repositories").JsonAsync()).EnumerateArray().Select(row => row.Text("name")));
        var sentence = $"'{repository.Name}' was deleted. Take it out of the trash first.";
        Assert.Equal(sentence, await owner.Api.PatchAsJsonAsync(path, new { description = "x" }).ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal(sentence, await owner.Api.PutAsJsonAsync($"{path}/members/{administrator.Name}", new { access = "read" }).ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal($"'{repository.Name}' is in the trash already.", await owner.Api.DeleteAsync(path).ProblemAsync(HttpStatusCode.Conflict));
        await owner.Api.PostAsJsonAsync("/api/v1/repositories", new { name = repository.Name.Value }).ProblemAsync(HttpStatusCode.Conflict);

        Assert.Equal("ready", (await owner.PostAsync($"repositories/{repository.Name}/undelete").JsonAsync()).Text("state"));

        Assert.Equal(AccessLevel.Write, (await portal.RouteAsync(repository.Name.Value))!.AccessOf(writer.Name));
        Assert.Equal($"'{repository.Name}' is not in the trash.", await owner.PostAsync($"repositories/{repository.Name}/undelete").ProblemAsync(HttpStatusCode.Conflict));
        Assert.DoesNotContain(repository.Name.Value, await TrashAsync(owner));
    }

    [Theory, OnEachDatabase]
    public async Task The_page_asks_for_the_name_and_the_trash_gives_back(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, stranger) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var settings = $"/r/{repository.Name}/settings";

        using (var refused = await browser.SendAsync(settings, "delete", ("confirm", "something-else")))
            Assert.Contains("This is not its name", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("/trash", await browser.SubmitAsync(settings, "delete", ("confirm", repository.Name.Value)));

        Assert.Contains("can be taken back as it was", (await browser.ReadAsync($"/r/{repository.Name}")).Text, StringComparison.Ordinal);
        Assert.Contains(repository.Name.Value, (await browser.ReadAsync("/trash")).Text, StringComparison.Ordinal);
        using var other = new FormBrowser(portal);
        await other.SignInAsync(stranger.Name);
        Assert.DoesNotContain(repository.Name.Value, (await other.ReadAsync("/trash")).Text, StringComparison.Ordinal);
        Assert.Equal($"/r/{repository.Name}", await browser.SubmitAsync("/trash", $"undelete-{repository.Name}"));
        Assert.Equal(RepositoryState.Ready, (await portal.ViewAsync(repository, owner)).State);

        await browser.SubmitAsync(settings, "delete", ("confirm", repository.Name.Value));
        Assert.Equal($"/r/{repository.Name}", await browser.SubmitAsync($"/r/{repository.Name}", "undelete"));
    }

    [Theory, OnEachDatabase]
    public async Task Goes_for_good_when_its_time_is_over_and_its_last_state_is_kept(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard);
        var (before, after) = (repository.Name.Value, PortalHost.NewName("renamed"));
        await owner.Api.PostAsJsonAsync($"/api/v1/repositories/{before}/rename", new { to = after }).JsonAsync();
        await owner.Api.DeleteAsync($"/api/v1/repositories/{after}");
        var stored = Path.Combine(portal.Directories().Store, repository.Id.ToString(), "1");
        var backup = new Backup();

        // A clock that jumps is not believed.
        await Removal(portal, backup, days: 91).RemoveAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(repository.Id, backup.Asked);
        await portal.LetPassAsync(days: 90);
        await Removal(portal, backup, days: 89).RemoveAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(repository.Id, backup.Asked);
        await Removal(portal, backup, days: 91).RemoveAsync(TestContext.Current.CancellationToken);
        Assert.Contains(repository.Id, backup.Asked);
        Assert.True(Directory.Exists(stored));
        Assert.NotEqual(HttpStatusCode.NotFound, (await owner.Api.GetAsync($"/api/v1/repositories/{after}")).StatusCode);

        backup.Kept = repository.Id;
        await Removal(portal, backup, days: 91).RemoveAsync(TestContext.Current.CancellationToken);

        Assert.False(await portal.RecordAsync(record => record.Repositories.AnyAsync(row => row.Id == repository.Id)));
        Assert.False(Directory.Exists(stored));
        Assert.Contains(Directory.GetDirectories(portal.Directories().Trash), path => Path.GetFileName(path).StartsWith(repository.Id.ToString(), StringComparison.Ordinal));
        Assert.Equal((null, null), (portal.LinkOf(before), portal.LinkOf(after)));
        await owner.Api.GetAsync($"/api/v1/repositories/{after}").ProblemAsync(HttpStatusCode.NotFound);
        Assert.Contains("repository.purged", await portal.RecordAsync(record => record.Audit.Where(row => row.RepositoryId == repository.Id).Select(row => row.Action).ToListAsync()));
        await owner.Api.PostAsJsonAsync("/api/v1/repositories", new { name = before }).JsonAsync(HttpStatusCode.Created);
    }

    [Theory, OnEachDatabase]
    public async Task One_that_could_not_be_made_goes_at_once(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var temporary = portal.Directories().Temporary;
        File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var failed = await portal.RepositoryAsync(owner);
        File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(RepositoryState.Failed, failed.State);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync($"/api/v1/repositories/{failed.Name}")).StatusCode);

        await owner.Api.GetAsync($"/api/v1/repositories/{failed.Name}").ProblemAsync(HttpStatusCode.NotFound);
        await owner.Api.PostAsJsonAsync("/api/v1/repositories", new { name = failed.Name.Value }).JsonAsync(HttpStatusCode.Created);
    }

    private static async Task<string[]> TrashAsync(TestPerson person) =>
        [.. (await person.Api.GetAsync("/api/v1/trash").JsonAsync()).EnumerateArray().Select(row => row.Text("name"))];

    /// <summary>What the portal will do in some days.</summary>
    private static TrashRemoval Removal(PortalHost portal, ILastBackup backup, int days) => new(
        portal.Services.GetRequiredService<IDbContextFactory<RecordContext>>(),
        backup,
        portal.Services.GetRequiredService<Drivers>(),
        portal.Services.GetRequiredService<IHostApplicationLifetime>(),
        new Later(TimeSpan.FromDays(days)),
        NullLogger<TrashRemoval>.Instance);

    private sealed class Backup : ILastBackup
    {
        public RepositoryId? Kept { get; set; }

        public List<RepositoryId> Asked { get; } = [];

        public Task<bool> IsKeptAsync(Repository repository, CancellationToken cancellationToken)
        {
            Asked.Add(repository.Id);
            return Task.FromResult(repository.Id == Kept);
        }
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
