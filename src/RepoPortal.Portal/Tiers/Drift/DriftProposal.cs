using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>By what a repository has outgrown its tier, or that it is not used at all. Stored as a number: members may be added, never moved.</summary>
[Flags]
public enum DriftCauses
{
    /// <summary>By nothing.</summary>
    None = 0,

    /// <summary>More people use it.</summary>
    People = 1,

    /// <summary>More of them come from elsewhere.</summary>
    Outsiders = 2,

    /// <summary>There are more commits.</summary>
    Commits = 4,

    /// <summary>Service accounts use it more.</summary>
    Automation = 8,

    /// <summary>It holds more.</summary>
    Size = 16,

    /// <summary>By nothing: nobody uses it any more, and it could be archived.</summary>
    Idle = 32,
}

/// <summary>What became of a proposal.</summary>
public enum DriftState
{
    /// <summary>Nobody has answered yet.</summary>
    Open,

    /// <summary>To be brought up again at <see cref="DriftProposal.RemindAt"/>.</summary>
    Postponed,

    /// <summary>Taken: the tier was changed, or asked for; or the repository was archived.</summary>
    Accepted,

    /// <summary>Not wanted, for a reason.</summary>
    Declined,

    /// <summary>It does not hold any more, by itself or because somebody changed something.</summary>
    Over,
}

/// <summary>That a repository is used for more than its tier is meant for, and what tier would fit; or that it is not used at all, and could be archived.</summary>
public sealed class DriftProposal
{
    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The repository's row.</summary>
    public Repository Repository { get; init; } = null!;

    /// <summary>The id of its tier when that was found; no foreign key, because the row outlives tiers.</summary>
    public required string FromTier { get; set; }

    /// <summary>The id of the tier that is proposed; its own, where it is proposed to archive it.</summary>
    public required string ToTier { get; set; }

    /// <summary>Whether it is proposed to archive it, and not to change its tier.</summary>
    public bool IsArchiving => Causes == DriftCauses.Idle;

    /// <summary>By what it has outgrown its tier.</summary>
    public required DriftCauses Causes { get; set; }

    /// <summary>What was measured.</summary>
    public required MeasuredUse Measured { get; set; }

    /// <summary>All of it in words.</summary>
    public required string Sentence { get; set; }

    /// <summary>When it was found, or brought up again.</summary>
    public required DateTimeOffset FoundAt { get; set; }

    /// <summary>What became of it.</summary>
    public required DriftState State { get; set; }

    /// <summary>Who answered last; null before somebody did.</summary>
    public string? AnsweredBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Why it was declined.</summary>
    public string? Reason { get; set; }

    /// <summary>When it is brought up again, while it is postponed.</summary>
    public DateTimeOffset? RemindAt { get; set; }
}

/// <summary>How a repository was used in thirty days.</summary>
/// <param name="People">People who used it, service accounts not counted.</param>
/// <param name="Outsiders">Those of them who come from elsewhere.</param>
/// <param name="Commits">Commits.</param>
/// <param name="Programs">Service accounts that used it.</param>
/// <param name="Automation">Their requests a day, on the average.</param>
/// <param name="SizeBytes">What is stored for it, at the end.</param>
public sealed record MeasuredUse(long People, long Outsiders, long Commits, long Programs, long Automation, long SizeBytes);
