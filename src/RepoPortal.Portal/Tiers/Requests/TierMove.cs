using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tiers.Drift;

namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>Puts a repository on another tier, within the save of whoever decided it.</summary>
internal static class TierMove
{
    /// <summary>A refusal when the repository holds more than the tier allows: its people could commit nothing any more.</summary>
    internal static Refusal? Refuse(Repository repository, Tier tier) =>
        !repository.HasOwnQuota && tier.QuotaBytes is { } limit && repository.SizeBytes >= limit
            ? Refusal.Conflict($"'{repository.Name}' holds {ByteWords.Of(repository.SizeBytes)}, and '{tier.Name}' allows {ByteWords.Of(limit)}: commits would be refused.", "tier")
            : null;

    /// <summary>Changes the row. What was proposed because the old tier did not fit is over with it.</summary>
    /// <param name="record">Where the repository was read, and what is saved next.</param>
    /// <param name="repository">Read as a whole, tracked.</param>
    /// <param name="tier">The new tier, of the same record.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static async Task ApplyAsync(RecordContext record, Repository repository, Tier tier, CancellationToken cancellationToken)
    {
        (repository.TierId, repository.Tier) = (tier.Id, tier);
        repository.RenewQuota();
        repository.RefreshInventoryColumns();
        var proposed = await record.DriftProposals
            .Where(proposal => proposal.RepositoryId == repository.Id && (proposal.State == DriftState.Open || proposal.State == DriftState.Postponed))
            .ToListAsync(cancellationToken);
        foreach (var proposal in proposed)
            proposal.State = DriftState.Over;
    }
}
