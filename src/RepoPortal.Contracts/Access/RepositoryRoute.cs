using System.Collections.Immutable;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.Access;

/// <summary>All that the gateway needs to decide about a repository and to find it: a snapshot, replaced whole when anything in it changes.</summary>
/// <param name="Name">The name it is served under.</param>
/// <param name="Copy">The primary copy; a new generation means new content under the same address.</param>
/// <param name="Node">The storage node that holds it.</param>
/// <param name="State">Only a ready repository is served.</param>
/// <param name="Visibility">Who may read without being a member.</param>
/// <param name="AccessVersion">Grows with every change of access. Connections to httpd are never shared across two versions.</param>
/// <param name="Members">Everyone with access of their own.</param>
[GenerateSerializer, Immutable]
public sealed record RepositoryRoute(
    [property: Id(0)] RepositoryName Name,
    [property: Id(1)] RepositoryCopy Copy,
    [property: Id(2)] string Node,
    [property: Id(3)] RepositoryState State,
    [property: Id(4)] Visibility Visibility,
    [property: Id(5)] long AccessVersion,
    [property: Id(6)] ImmutableDictionary<UserName, AccessLevel> Members)
{
    /// <summary>What <paramref name="user"/> may do; null is somebody without credentials.</summary>
    public AccessLevel AccessOf(UserName? user)
    {
        if (user is { } known && Members.TryGetValue(known, out var level) && level > AccessLevel.Read)
            return level;
        var readable = Visibility == Visibility.Public
            || (user is { } signedIn && (Visibility == Visibility.Internal || Members.ContainsKey(signedIn)));
        return readable ? AccessLevel.Read : AccessLevel.None;
    }
}
