namespace RepoPortal.Gateway.Forwarding;

/// <summary>Connections to one repository in one state. Closed when it is retired and nobody uses it any more.</summary>
/// <remarks>Guarded by the lock of <see cref="UpstreamPools"/>.</remarks>
internal sealed class UpstreamPool(UpstreamKey key, HttpMessageInvoker invoker)
{
    internal UpstreamKey Key { get; } = key;

    internal HttpMessageInvoker Invoker { get; } = invoker;

    /// <summary>Requests in flight.</summary>
    internal int Users { get; set; }

    /// <summary>The timestamp of the last request's begin or end.</summary>
    internal long LastUsed { get; set; }

    /// <summary>True when no new request is given this pool.</summary>
    internal bool Retired { get; set; }
}
