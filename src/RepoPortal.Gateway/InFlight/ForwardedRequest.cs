using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Gateway.Authentication;
using RepoPortal.Gateway.Decisions;

namespace RepoPortal.Gateway.InFlight;

/// <summary>A request that httpd is working on, and what let it through.</summary>
internal sealed class ForwardedRequest(HttpContext context, RepositoryRoute route, Caller caller, RequestedAccess access, Grounds grounds)
{
    private static readonly System.Net.Sockets.LingerOption DropUnsent = new(enable: true, seconds: 0);

    private readonly Lock _ending = new();
    private int _underReview;
    private bool _over;

    /// <summary>Where it goes, as decided.</summary>
    internal RepositoryRoute Route { get; } = route;

    /// <summary>Who asked.</summary>
    internal Caller Caller { get; } = caller;

    /// <summary>What it wants.</summary>
    internal RequestedAccess Access { get; } = access;

    /// <summary>Why it was last allowed to go on.</summary>
    internal Grounds Grounds { get; set; } = grounds;

    /// <summary>True when a change was announced that may have ended it; cleared when it is decided again.</summary>
    internal bool InDoubt { get; set; }

    internal UserName? User => Caller.Holder?.User;

    /// <summary>False while somebody else decides it again.</summary>
    internal bool TryBeginReview() => Interlocked.Exchange(ref _underReview, 1) == 0;

    internal void EndReview() => Volatile.Write(ref _underReview, 0);

    /// <summary>It was answered. From here on the context serves the next request of the connection, so nothing may be cut any more.</summary>
    internal void Complete()
    {
        lock (_ending)
            _over = true;
    }

    /// <summary>Breaks it off where it is. False when it was over already.</summary>
    internal bool TryCut()
    {
        lock (_ending)
        {
            if (_over)
                return false;
            _over = true;
            // What waits in the kernel to be sent would reach a slow reader for a long time yet: with no lingering it is dropped. Only where the connection
            // is this request's alone.
            if (context.Request.Protocol is "HTTP/1.1" or "HTTP/1.0" && context.Features.Get<IConnectionSocketFeature>() is { } connection)
                connection.Socket.LingerState = DropUnsent;
            context.Abort();
            return true;
        }
    }
}
