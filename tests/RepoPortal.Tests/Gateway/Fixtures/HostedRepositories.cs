using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.Gateway.Fixtures;

/// <summary>A gateway before a real httpd: one for all tests of the collection, which use repositories of their own.</summary>
public sealed class HostedRepositories : IAsyncLifetime
{
    private int _last;

    internal RunningHttpd Httpd { get; private set; } = null!;

    internal RunningGateway Gateway { get; private set; } = null!;

    internal PortalRecord Record => Gateway.Record;

    public async ValueTask InitializeAsync()
    {
        Httpd = await RunningHttpd.StartAsync();
        Gateway = await RunningGateway.StartAsync(
            (nameof(GatewayOptions.FailedAttemptsPerAddress), "100000"), (nameof(GatewayOptions.FailedAttemptsPerName), "5"));
        Record.Endpoint = () => Httpd.Endpoint;
        await Gateway.IsSubscribedAsync();
    }

    /// <summary>A new empty repository under a name of its own.</summary>
    internal async Task<RepositoryRoute> CreateAsync(Visibility visibility = Visibility.Private, params (string User, AccessLevel Level)[] members)
    {
        var name = $"repository-{Interlocked.Increment(ref _last)}";
        await Httpd.CreateRepositoryAsync(name);
        return Record.AddRoute(name, visibility, RepositoryState.Ready, members);
    }

    /// <summary>Puts a file into a repository, past the gateway.</summary>
    internal async Task PutAsync(RepositoryRoute repository, string path, string content)
    {
        using var scratch = new ScratchDirectory();
        await File.WriteAllTextAsync(scratch["file"], content);
        await Command.RunAsync("svn", "import", "-q", "-m", "put", scratch["file"], $"file://{Httpd.Directories.Store}/{repository.Name}{path}".Replace(" ", "%20", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Httpd.DisposeAsync();
    }
}

[CollectionDefinition(nameof(HostedRepositories))]
public sealed class HostedRepositoriesCollection : ICollectionFixture<HostedRepositories>;
