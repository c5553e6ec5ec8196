using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups.Removal;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.StorageNode;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Life;

/// <summary>A running portal with a real storage node per database, shared by the tests of a repository's life; started with the first that asks.</summary>
public sealed class PortalsWithNode : IAsyncDisposable
{
    private readonly Dictionary<Database, ScratchDirectory> _data = new() { [Database.Sqlite] = new(), [Database.Postgres] = new() };
    private readonly Dictionary<Database, Lazy<Task<PortalHost>>> _hosts;

    public PortalsWithNode(Portals portals) => _hosts = _data.ToDictionary(
        data => data.Key,
        data => new Lazy<Task<PortalHost>>(async () =>
            await PortalHost.StartWithNodeAsync(data.Value.Path, ("RepoPortal:Database", await portals.ConnectionAsync(data.Key)))));

    internal Task<PortalHost> OnAsync(Database database) => _hosts[database].Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values.Where(host => host is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
            await (await host.Value).DisposeAsync();
        foreach (var data in _data.Values)
            data.Dispose();
    }
}

[CollectionDefinition(nameof(PortalsWithNode))]
public sealed class PortalsWithNodeCollection : ICollectionFixture<PortalsWithNode>;

/// <summary>What the tests of a repository's life look at.</summary>
internal static class Living
{
    /// <summary>What a gateway is told that asks for a name.</summary>
    public static Task<RepositoryRoute?> RouteAsync(this PortalHost portal, string name) =>
        portal.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessDirectory>(0).FindRepository(RepositoryName.Parse(name), default);

    /// <summary>Lets the days until then have gone by evenly, as the clock is believed to have run.</summary>
    public static Task LetPassAsync(this PortalHost portal, double days)
    {
        var then = TimeProvider.System.GetUtcNow().AddDays(days);
        return Eventually.TrueAsync(async () => await portal.RecordAsync(record =>
            record.Rounds.Where(round => round.Name == BackupRemoval.Name).ExecuteUpdateAsync(round => round.SetProperty(row => row.EndedAt, then))) == 1);
    }

    /// <summary>Where the link of a served name leads; null when there is none.</summary>
    public static string? LinkOf(this PortalHost portal, string name) => new FileInfo(portal.Directories().Served(RepositoryName.Parse(name))).LinkTarget;

    public static NodeDirectories Directories(this PortalHost portal) => portal.Services.GetRequiredService<NodeDirectories>();

    /// <summary>Sends a request without a body.</summary>
    public static Task<HttpResponseMessage> PostAsync(this TestPerson person, string path) => person.Api.PostAsync($"/api/v1/{path}", content: null);

    public static Task GiveAsync(this PortalHost portal, RepositoryView repository, TestPerson person, AccessLevel access, TestPerson by) =>
        portal.DoAsync<SetMember, Outcome<MemberView>>(set => set.ExecuteAsync(repository.Name.Value, person.Name.Value, access, by.Actor, default));
}
