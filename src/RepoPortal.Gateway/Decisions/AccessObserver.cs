using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.InFlight;

namespace RepoPortal.Gateway.Decisions;

/// <summary>Hears of changes of access: what was remembered goes first, so that what is decided from then on, or again, is decided by the new state.</summary>
internal sealed class AccessObserver(AccessSnapshots snapshots, InFlightReview review) : IAccessObserver
{
    /// <inheritdoc/>
    public Task Changed(AccessChange change)
    {
        snapshots.Forget(change);
        review.Take(change);
        return Task.CompletedTask;
    }
}
