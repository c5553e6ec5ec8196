using System.Collections.Concurrent;
using RepoPortal.Contracts.Access;

namespace RepoPortal.Gateway.InFlight;

/// <summary>Every request that httpd is working on for this gateway.</summary>
internal sealed class ForwardedRequests
{
    private readonly ConcurrentDictionary<ForwardedRequest, ForwardedRequest> _requests = [];
    private long _changes;

    /// <summary>How many changes of access were announced. Whoever decides reads it before, and again after <see cref="Add"/>: in between a change may have missed the request.</summary>
    internal long Changes => Volatile.Read(ref _changes);

    internal int Count => _requests.Count;

    internal IEnumerable<ForwardedRequest> All => _requests.Select(entry => entry.Key);

    internal void Add(ForwardedRequest request) => _requests[request] = request;

    internal void Remove(ForwardedRequest request)
    {
        request.Complete();
        _requests.TryRemove(request, out _);
    }

    /// <summary>Those whose decision a change may have overtaken. The snapshots must have been forgotten before.</summary>
    internal IEnumerable<ForwardedRequest> Concerned(AccessChange change)
    {
        Interlocked.Increment(ref _changes);
        foreach (var (request, _) in _requests)
        {
            if (request.Route.Copy.Repository == change.Repository || (change.User is { } user && request.User == user))
                yield return request;
        }
    }
}
