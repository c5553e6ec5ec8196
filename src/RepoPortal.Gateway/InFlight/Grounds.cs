using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.Decisions;

namespace RepoPortal.Gateway.InFlight;

/// <summary>How long, and under which conditions, a decision holds.</summary>
/// <param name="Term">The term of the lease in which it was made; null when changes of access did not reach this gateway.</param>
/// <param name="AccessVersion">The repository's access it was made by.</param>
/// <param name="End">When the token, the person's time or some grant ends; null when nothing does.</param>
/// <param name="At">The <see cref="TimeProvider.GetTimestamp"/> at which it was made.</param>
internal sealed record Grounds(long? Term, long AccessVersion, DateTimeOffset? End, long At)
{
    // Without the broadcast every change may have been missed.
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(1);

    internal static Grounds Of(long? term, RepositoryRoute route, TokenHolder? holder, TimeProvider time) =>
        new(term, route.AccessVersion, Earlier(route.ValidUntil, holder?.ExpiresAt), time.GetTimestamp());

    /// <summary>True while nothing has happened that a new decision could come out otherwise for.</summary>
    internal bool Hold(SnapshotLease lease, TimeProvider time) =>
        (End is not { } end || end > time.GetUtcNow())
        && (lease.CurrentTerm is { } term ? term == Term : time.GetElapsedTime(At) < Unheard);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
