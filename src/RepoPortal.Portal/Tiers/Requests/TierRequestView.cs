namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>A request for another tier as it is shown.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Repository">The repository's name.</param>
/// <param name="From">The id of the tier that it had.</param>
/// <param name="FromName">Its name; the id when there is no such tier any more.</param>
/// <param name="To">The id of the tier that is asked for.</param>
/// <param name="ToName">Its name, likewise.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="State">What came of it.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Sentence">What they said.</param>
/// <param name="EffectiveAt">Since when the node holds to it.</param>
public sealed record TierRequestView(
    Guid Id,
    RepositoryName Repository,
    string From,
    string FromName,
    string To,
    string ToName,
    string Reason,
    string AskedBy,
    DateTimeOffset AskedAt,
    TierRequestState State,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Sentence,
    DateTimeOffset? EffectiveAt)
{
    internal static TierRequestView Of(TierRequest request, RepositoryName repository, IReadOnlyCollection<Tier> tiers) => new(
        request.Id,
        repository,
        request.FromTier,
        NameOf(request.FromTier, tiers),
        request.ToTier,
        NameOf(request.ToTier, tiers),
        request.Reason,
        request.AskedBy,
        request.AskedAt,
        request.State,
        request.DecidedBy,
        request.DecidedAt,
        request.Sentence,
        request.EffectiveAt);

    private static string NameOf(string id, IEnumerable<Tier> tiers) => tiers.FirstOrDefault(tier => tier.Id == id)?.Name ?? id;
}
