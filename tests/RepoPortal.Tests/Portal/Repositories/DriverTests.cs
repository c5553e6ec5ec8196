using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.StorageNode;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories;

/// <summary>From the row to the disk and back, with a real storage node.</summary>
public sealed class DriverTests(Portals portals) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    [Theory, OnEachDatabase]
    public async Task Makes_a_repository_ready_with_its_first_commit(Database database)
    {
        await using var portal = await StartAsync(database);
        var owner = await portal.PersonAsync();
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);

        var repository = await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard);

        Assert.Equal((RepositoryState.Ready, "node-1", 1L), (repository.State, repository.Node, repository.Youngest));
        Assert.True(repository.SizeBytes > 0);
        var commit = Assert.Single((await portal.DoAsync<ListCommits, Outcome<CommitPage>>(list => list.ExecuteAsync(repository.Name.Value, 10, null, owner.Actor, default))).Value.Commits);
        Assert.Equal((1L, owner.Name.Value, 3), (commit.Revision, commit.Author, commit.ChangedPaths));
        Assert.Contains(new AccessChange(repository.Id, User: null), gateway.Heard);
        var route = await portal.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessDirectory>(0).FindRepository(repository.Name, default);
        Assert.Equal((RepositoryState.Ready, "node-1", AccessLevel.Owner), (route!.State, route.Node, route.AccessOf(owner.Name)));
        Assert.Equal(
            ["repository.created", "repository.ready"],
            await portal.RecordAsync(record => record.Audit.Where(row => row.RepositoryId == repository.Id).OrderBy(row => row.Id).Select(row => row.Action).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Finishes_after_a_restart_what_it_could_only_promise(Database database)
    {
        var setting = await portals.ConnectionAsync(database);
        RepositoryView repository;
        TestPerson owner;
        await using (var alone = await PortalHost.StartInAsync(_scratch.Path, ("RepoPortal:Database", setting)))
        {
            owner = await alone.PersonAsync();
            repository = await alone.RepositoryAsync(owner);
            Assert.Equal(RepositoryState.Provisioning, repository.State);
        }

        await using var portal = await PortalHost.StartWithNodeAsync(_scratch.Path, ("RepoPortal:Database", setting));

        await Eventually.TrueAsync(async () => (await portal.ViewAsync(repository, owner)).State == RepositoryState.Ready, TimeSpan.FromSeconds(40));
    }

    [Theory, OnEachDatabase]
    public async Task Fails_with_the_reason_when_the_disk_refuses_and_succeeds_when_tried_again(Database database)
    {
        await using var portal = await StartAsync(database);
        var owner = await portal.PersonAsync();
        var temporary = portal.Services.GetRequiredService<NodeDirectories>().Temporary;
        File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var failed = await portal.RepositoryAsync(owner);
        File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(RepositoryState.Failed, failed.State);
        Assert.NotEmpty(failed.FailureReason!);
        var retried = (await portal.DoAsync<RetryRepository, Outcome<RepositoryView>>(retry => retry.ExecuteAsync(failed.Name.Value, owner.Actor, default))).Value;
        Assert.Equal((RepositoryState.Ready, null), (retried.State, retried.FailureReason));
        var again = await portal.DoAsync<RetryRepository, Outcome<RepositoryView>>(retry => retry.ExecuteAsync(failed.Name.Value, owner.Actor, default));
        Assert.Equal(RefusalKind.Conflict, again.Refusal!.Kind);
    }

    [Theory, OnEachDatabase]
    public async Task Learns_of_commits_whoever_made_them(Database database)
    {
        await using var portal = await StartAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var stored = Path.Combine(portal.Services.GetRequiredService<NodeDirectories>().Store, repository.Id.ToString(), "1");

        await Command.RunAsync("svn", "mkdir", "--quiet", "--username", "ada", "--message", "A directory", $"file://{Uri.EscapeDataString(stored).Replace("%2F", "/", StringComparison.Ordinal)}/docs");

        await Eventually.TrueAsync(async () => (await portal.ViewAsync(repository, owner)).Youngest == 1);
        var seen = await portal.ViewAsync(repository, owner);
        Assert.Equal("ada", seen.LastCommitAuthor);
        Assert.NotNull(seen.LastCommitAt);
    }

    [Theory, OnEachDatabase]
    public async Task Finds_commits_that_nobody_told_it_about_when_the_node_starts(Database database)
    {
        var setting = await portals.ConnectionAsync(database);
        RepositoryView repository;
        TestPerson owner;
        await using (var before = await PortalHost.StartWithNodeAsync(_scratch.Path, ("RepoPortal:Database", setting)))
        {
            owner = await before.PersonAsync();
            repository = await before.RepositoryAsync(owner, layout: RepositoryLayout.Standard);
            // As if the record had been away when the node wanted to tell it.
            await before.RecordAsync(record => record.Commits.ExecuteDeleteAsync());
            await before.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row.SetProperty(candidate => candidate.Youngest, 0)));
        }

        await using var portal = await PortalHost.StartWithNodeAsync(_scratch.Path, ("RepoPortal:Database", setting));

        await Eventually.TrueAsync(async () => (await portal.ViewAsync(repository, owner)).Youngest == 1, TimeSpan.FromSeconds(40));
        Assert.Equal(1, await portal.RecordAsync(record => record.Commits.CountAsync()));
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<PortalHost> StartAsync(Database database) =>
        await PortalHost.StartWithNodeAsync(_scratch.Path, ("RepoPortal:Database", await portals.ConnectionAsync(database)));
}
