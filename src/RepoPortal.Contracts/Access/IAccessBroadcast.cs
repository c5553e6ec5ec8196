using System.Collections.Immutable;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.Access;

/// <summary>Something the gateways may hold a snapshot of has changed. Exactly one of the two is set.</summary>
/// <param name="Repository">
/// The repository whose route changed, under every name it is reached by: members, groups, path rules, visibility, state, names, node, generation or existence.
/// It is told by its id, because a gateway must not miss a name that was given or taken at the same time.
/// </param>
/// <param name="User">The person whose tokens changed: suspended, resumed, ended, renewed, token revoked.</param>
/// <param name="Losing">
/// Whose requests in flight must be cut although they may still reach the repository, because they lost some path of it. Requests of those who may not reach
/// it at all any more are cut in any case.
/// </param>
[GenerateSerializer, Immutable]
public sealed record AccessChange(
    [property: Id(0)] RepositoryId? Repository, [property: Id(1)] UserName? User, [property: Id(2)] AccessLoss? Losing = null);

/// <summary>Who lost access to some path of a repository in one change.</summary>
/// <param name="Anyone">True when visitors without credentials did.</param>
/// <param name="SignedIn">True when everyone signed in did who is not named in <paramref name="Kept"/>.</param>
/// <param name="People">The people who did, each by name.</param>
/// <param name="Kept">People who lost nothing although <paramref name="SignedIn"/> is true.</param>
[GenerateSerializer, Immutable]
public sealed record AccessLoss(
    [property: Id(0)] bool Anyone,
    [property: Id(1)] bool SignedIn,
    [property: Id(2)] ImmutableHashSet<UserName> People,
    [property: Id(3)] ImmutableHashSet<UserName> Kept)
{
    /// <summary>Whether <paramref name="user"/> lost something; null is somebody without credentials.</summary>
    public bool Concerns(UserName? user) => user is not { } known ? Anyone : People.Contains(known) || (SignedIn && !Kept.Contains(known));
}

/// <summary>A gateway that wants to know.</summary>
public interface IAccessObserver : IGrainObserver
{
    /// <summary>Forgets what the change concerns. When the returned task is done, no later request is decided by the old snapshot.</summary>
    [Alias("Changed")]
    Task Changed(AccessChange change);
}

/// <summary>Tells every gateway of a change, and waits for their answer: the one activation with key 0 in the cluster.</summary>
[Alias("RepoPortal.AccessBroadcast")]
public interface IAccessBroadcast : IGrainWithIntegerKey
{
    /// <summary>
    /// Adds a gateway, or renews it: a subscription lasts <see cref="AccessLease.Duration"/>. A gateway whose renewal fails must, before the lease ends,
    /// stop trusting its snapshots, because changes no longer reach it.
    /// </summary>
    [Alias("Subscribe")]
    Task Subscribe(IAccessObserver gateway);

    /// <summary>Ends a subscription at once.</summary>
    [Alias("Unsubscribe")]
    Task Unsubscribe(IAccessObserver gateway);

    /// <summary>
    /// Returns when every subscribed gateway has forgotten what the change concerns. A gateway that does not answer is waited for until its lease has ended,
    /// since only then is it certain that it decides nothing by an old snapshot.
    /// </summary>
    [Alias("Publish")]
    Task Publish(AccessChange change);
}

/// <summary>How long a gateway may trust its snapshots without having reached the broadcast.</summary>
public static class AccessLease
{
    /// <summary>The length of a lease.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    /// <summary>How often a gateway renews.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
}
