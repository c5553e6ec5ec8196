using Microsoft.Extensions.Options;
using Orleans;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Gateway.Decisions;

/// <summary>What this gateway remembers of repositories and tokens.</summary>
internal sealed class AccessSnapshots
{
    private readonly SnapshotCache<RepositoryName, RepositoryRoute> _routes;
    private readonly SnapshotCache<TokenDigest, TokenHolder> _tokens;
    private readonly TimeProvider _time;

    public AccessSnapshots(IGrainFactory grains, SnapshotLease lease, IOptions<GatewayOptions> options, TimeProvider time)
    {
        _time = time;
        var directory = grains.GetGrain<IAccessDirectory>(0);
        // Loads are shared by everyone who waits for them, so none of those may cancel them; Orleans ends a call that gets no answer.
        _routes = new(options.Value.MaxSnapshots, lease, name => Ask(directory.FindRepository(name, CancellationToken.None)));
        _tokens = new(options.Value.MaxSnapshots, lease, token => Ask(directory.FindToken(token, CancellationToken.None)));
    }

    /// <summary>The repository of that name, or null.</summary>
    /// <exception cref="PortalUnavailableException">The portal could not be asked.</exception>
    internal ValueTask<RepositoryRoute?> FindRepository(RepositoryName name, CancellationToken cancellationToken)
    {
        if (_routes.TryGetWarm(name, out var route) && route.ValidUntil <= _time.GetUtcNow())
            _routes.Forget(name); // somebody's grant has ended, which nobody announces
        return _routes.Get(name, cancellationToken);
    }

    /// <summary>Whom a token stands for, or null.</summary>
    /// <exception cref="PortalUnavailableException">The portal could not be asked.</exception>
    internal ValueTask<TokenHolder?> FindToken(TokenDigest token, CancellationToken cancellationToken) => _tokens.Get(token, cancellationToken);

    /// <summary>Forgets what a change concerns: no later question is answered by what was known before.</summary>
    internal void Forget(AccessChange change)
    {
        if (change.Repository is { } repository)
            _routes.Forget(route => route.Copy.Repository == repository); // under every name, and what is just being asked for
        if (change.User is { } user)
            _tokens.Forget(holder => holder.User == user);
    }

    private static async Task<T?> Ask<T>(Task<T?> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (Exception failure) // a silo away, a call timed out, or the portal's database broken: to the gateway all the same, and told with its cause
        {
            throw new PortalUnavailableException(failure);
        }
    }
}
