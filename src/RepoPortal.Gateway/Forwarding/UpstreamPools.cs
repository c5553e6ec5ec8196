using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Gateway.Forwarding;

/// <summary>One pool of connections per repository, replaced when its access, content or place changes, dropped when idle.</summary>
internal sealed class UpstreamPools : IDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<RepositoryId, UpstreamPool> _pools = [];
    private readonly Func<string, HttpMessageInvoker> _connect;
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly ITimer _sweep;

    public UpstreamPools(NodeConnections connections, IOptions<GatewayOptions> options, TimeProvider time)
        : this(connections.Open, options.Value.MaxUpstreamPools, time)
    {
    }

    internal UpstreamPools(Func<string, HttpMessageInvoker> connect, int capacity, TimeProvider time)
    {
        (_connect, _capacity, _time) = (connect, capacity, time);
        _sweep = time.CreateTimer(_ => DropIdle(), null, IdleLimit / 4, IdleLimit / 4);
    }

    internal int Count
    {
        get
        {
            lock (_lock)
                return _pools.Count;
        }
    }

    /// <summary>The pool for the repository's state as decided; must be given back with <see cref="Return"/>.</summary>
    internal UpstreamPool Rent(RepositoryRoute route)
    {
        var key = UpstreamKey.Of(route);
        lock (_lock)
        {
            // A request that was decided just before a change may come here after one that was decided by it: the later state serves both.
            if (!_pools.TryGetValue(key.Copy.Repository, out var pool) || key.Supersedes(pool.Key))
            {
                if (pool is not null)
                    Retire(pool);
                else if (_pools.Count >= _capacity)
                    Retire(_pools.Values.MinBy(candidate => candidate.LastUsed)!);
                pool = new UpstreamPool(key, _connect(key.Node));
                _pools.Add(key.Copy.Repository, pool);
            }

            pool.Users++;
            pool.LastUsed = _time.GetTimestamp();
            return pool;
        }
    }

    /// <summary>Ends the use of a pool; the last user of a retired one closes it.</summary>
    internal void Return(UpstreamPool pool)
    {
        lock (_lock)
        {
            pool.Users--;
            pool.LastUsed = _time.GetTimestamp();
            CloseIfUnused(pool);
        }
    }

    public void Dispose()
    {
        _sweep.Dispose();
        lock (_lock)
        {
            foreach (var pool in _pools.Values.ToArray())
                Retire(pool);
        }
    }

    private void DropIdle()
    {
        lock (_lock)
        {
            foreach (var pool in _pools.Values.Where(pool => pool.Users == 0 && _time.GetElapsedTime(pool.LastUsed) >= IdleLimit).ToArray())
                Retire(pool);
        }
    }

    private void Retire(UpstreamPool pool)
    {
        _pools.Remove(pool.Key.Copy.Repository);
        pool.Retired = true;
        CloseIfUnused(pool);
    }

    private static void CloseIfUnused(UpstreamPool pool)
    {
        if (pool is { Retired: true, Users: 0 })
            pool.Invoker.Dispose();
    }
}
