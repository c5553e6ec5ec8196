using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Gateway.Forwarding;

/// <summary>What a connection to httpd may be shared for.</summary>
/// <remarks>
/// For the life of a connection mod_authz_svn keeps the access file it has parsed, and mod_dav_svn the repository it has opened. A connection made before a
/// change would go on serving the state before the change.
/// </remarks>
internal readonly record struct UpstreamKey(RepositoryCopy Copy, long AccessVersion, string Node)
{
    internal static UpstreamKey Of(RepositoryRoute route) => new(route.Copy, route.AccessVersion, route.Node);

    /// <summary>True when this is the later state of the same repository; both numbers only grow.</summary>
    internal bool Supersedes(UpstreamKey other) =>
        this != other
        && (Copy.Generation, AccessVersion).CompareTo((other.Copy.Generation, other.AccessVersion)) >= 0;
}
