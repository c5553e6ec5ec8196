using System.Collections.Immutable;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.Access;

/// <summary>All that the gateway needs to decide about a repository and to find it: a snapshot, replaced whole when anything in it changes.</summary>
/// <param name="Name">The name it was asked for by, under which it is served: its present one or one from before it was renamed.</param>
/// <param name="Copy">The primary copy; a new generation means new content under the same address.</param>
/// <param name="Node">The storage node that holds it.</param>
/// <param name="State">Only a ready repository is served.</param>
/// <param name="AccessVersion">Grows with every change of access. Connections to httpd are never shared across two versions, and the access file on disk is at least this one.</param>
/// <param name="Anyone">The most that somebody without credentials may do anywhere in the repository.</param>
/// <param name="SignedIn">The most that somebody may do who is signed in and not among <paramref name="People"/>.</param>
/// <param name="People">The most that each person may do anywhere whom a grant, a group or a path rule concerns; none is a possible value.</param>
/// <param name="ValidUntil">When the next grant ends, and with it this snapshot; null when none does.</param>
/// <param name="ArchivedAt">Since when nobody may change anything in it; null unless it is archived.</param>
/// <remarks>The levels say whether a request may reach httpd at all; which paths it may touch is in the access file, which httpd reads.</remarks>
[GenerateSerializer, Immutable]
public sealed record RepositoryRoute(
    [property: Id(0)] RepositoryName Name,
    [property: Id(1)] RepositoryCopy Copy,
    [property: Id(2)] string Node,
    [property: Id(3)] RepositoryState State,
    [property: Id(4)] long AccessVersion,
    [property: Id(5)] AccessLevel Anyone,
    [property: Id(6)] AccessLevel SignedIn,
    [property: Id(7)] ImmutableDictionary<UserName, AccessLevel> People,
    [property: Id(8)] DateTimeOffset? ValidUntil = null,
    [property: Id(9)] DateTimeOffset? ArchivedAt = null)
{
    /// <summary>The most that <paramref name="user"/> may do anywhere in the repository; null is somebody without credentials.</summary>
    public AccessLevel AccessOf(UserName? user) =>
        user is not { } known ? Anyone : People.TryGetValue(known, out var level) ? level : SignedIn;
}
