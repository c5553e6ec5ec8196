namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>A proposal as it is shown.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Repository">The repository's name.</param>
/// <param name="From">The id of its tier.</param>
/// <param name="To">The id of the tier that is proposed.</param>
/// <param name="ToName">Its name.</param>
/// <param name="IsArchiving">Whether it is proposed to archive it, and not to change its tier.</param>
/// <param name="NeedsApproval">Whether an administrator has to approve when an owner takes it.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Sentence">All of it in words.</param>
/// <param name="FoundAt">When it was found.</param>
/// <param name="State">What became of it.</param>
/// <param name="AnsweredBy">Who answered last.</param>
/// <param name="AnsweredAt">When.</param>
/// <param name="Reason">Why it was declined.</param>
/// <param name="RemindAt">When it is brought up again, while it is postponed.</param>
public sealed record DriftView(
    Guid Id,
    RepositoryName Repository,
    string From,
    string To,
    string ToName,
    bool IsArchiving,
    bool NeedsApproval,
    MeasuredUse Measured,
    string Sentence,
    DateTimeOffset FoundAt,
    DriftState State,
    string? AnsweredBy,
    DateTimeOffset? AnsweredAt,
    string? Reason,
    DateTimeOffset? RemindAt)
{
    internal static DriftView Of(DriftProposal proposal, RepositoryName repository, IEnumerable<Tier> tiers)
    {
        var to = tiers.FirstOrDefault(tier => tier.Id == proposal.ToTier);
        return new DriftView(
            proposal.Id,
            repository,
            proposal.FromTier,
            proposal.ToTier,
            to?.Name ?? proposal.ToTier,
            proposal.IsArchiving,
            !proposal.IsArchiving && to is { IsForTheAsking: false },
            proposal.Measured,
            proposal.Sentence,
            proposal.FoundAt,
            proposal.State,
            proposal.AnsweredBy,
            proposal.AnsweredAt,
            proposal.Reason,
            proposal.RemindAt);
    }
}
