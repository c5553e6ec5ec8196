using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>How far asking for another tier has come.</summary>
public enum TierRequestState
{
    /// <summary>An administrator has to decide.</summary>
    Open,

    /// <summary>Decided, by an administrator or because the tier needs no approval; the repository has the tier, and its node is being told.</summary>
    Approved,

    /// <summary>An administrator said no.</summary>
    Declined,

    /// <summary>An owner took it back.</summary>
    Withdrawn,

    /// <summary>Approved, and the node holds to it.</summary>
    Effective,
}

/// <summary>That a repository is to be on another tier: who asked for it, and what came of it. Changes that need nobody's approval leave one, too.</summary>
public sealed class TierRequest
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The repository's row.</summary>
    public Repository Repository { get; init; } = null!;

    /// <summary>The id of the tier that it had; no foreign key, because the row outlives tiers.</summary>
    public required string FromTier { get; init; }

    /// <summary>The id of the tier that is asked for.</summary>
    public required string ToTier { get; init; }

    /// <summary>Why, in one line; empty for a change that needed no approval.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked, by row; null for an operator.</summary>
    public Guid? AskedById { get; init; }

    /// <summary>Who asked, by name.</summary>
    public required string AskedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What came of it.</summary>
    public required TierRequestState State { get; set; }

    /// <summary>Who decided or withdrew; null while it is open.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What they said about it.</summary>
    public string? Sentence { get; set; }

    /// <summary>Since when the node holds to it.</summary>
    public DateTimeOffset? EffectiveAt { get; set; }
}
