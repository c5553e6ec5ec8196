namespace RepoPortal.Portal.Tiers;

/// <summary>Who may put a repository on a tier.</summary>
public enum TierChoosers
{
    /// <summary>Everybody who may create repositories; owners for theirs.</summary>
    Everybody,

    /// <summary>Administrators only.</summary>
    Administrators,
}

/// <summary>A promise that can be chosen for a repository. Rows, seeded by the first migration, so that administrators can change them.</summary>
public sealed class Tier
{
    /// <summary>The longest spelling, in characters.</summary>
    public const int MaxIdLength = 32;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <summary>The longest text for users, in characters: for whom it is, or a promise in words.</summary>
    public const int MaxWordsLength = 200;

    /// <summary>How it is spelled in addresses and in the API, such as <c>best-effort</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; set; }

    /// <summary>For what it is meant, in a few words.</summary>
    public required string Audience { get; set; }

    /// <summary>How much work may be lost (RPO): the age of the oldest commit at risk, in seconds; 0 when no acknowledged commit may be.</summary>
    public required long RecoveryPointSeconds { get; set; }

    /// <summary>The same in words: "up to 24 h".</summary>
    public required string RecoveryPointWords { get; set; }

    /// <summary>How long it may be away (RTO), in seconds.</summary>
    public required long RecoveryTimeSeconds { get; set; }

    /// <summary>The same in words: "1 working day, by hand".</summary>
    public required string RecoveryTimeWords { get; set; }

    /// <summary>How many copies are served or ready to be, the backup not counted.</summary>
    public required int Copies { get; set; }

    /// <summary>The same in words: "1 + backup".</summary>
    public required string CopiesWords { get; set; }

    /// <summary>How often it is backed up, in seconds.</summary>
    public required long BackupIntervalSeconds { get; set; }

    /// <summary>How often the backup is verified, in seconds.</summary>
    public required long VerificationIntervalSeconds { get; set; }

    /// <summary>How often a restore is rehearsed, in seconds.</summary>
    public required long DrillIntervalSeconds { get; set; }

    /// <summary>How long deleted content and old backups are kept, in seconds.</summary>
    public required long RetentionSeconds { get; set; }

    /// <summary>How much may be stored for a repository, in bytes; null for as much as the disk takes.</summary>
    public long? QuotaBytes { get; set; }

    /// <summary>Who may choose it.</summary>
    public TierChoosers ChosenBy { get; set; }

    /// <summary>Whether an administrator must approve before a repository gets it.</summary>
    public bool NeedsApproval { get; set; }

    /// <summary>For how many people it is meant, who use a repository within thirty days; null for any number.</summary>
    public long? MostPeople { get; set; }

    /// <summary>For how many of them from elsewhere; null for any number.</summary>
    public long? MostOutsiders { get; set; }

    /// <summary>For how many commits in thirty days; null for any number.</summary>
    public long? MostCommits { get; set; }

    /// <summary>For how many requests of service accounts a day, on the average of thirty; null for any number.</summary>
    public long? MostAutomation { get; set; }

    /// <summary>For how much content, in bytes; null for any size.</summary>
    public long? MostBytes { get; set; }

    /// <summary>Its place among the tiers, the weakest promise first.</summary>
    public required int Order { get; set; }

    /// <summary>Grows with every change: the row's concurrency token, and what a form that was open for long is told apart by.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Whether somebody who is no administrator gets it by choosing it.</summary>
    internal bool IsForTheAsking => ChosenBy == TierChoosers.Everybody && !NeedsApproval;

    /// <summary>Whether that person gets it by choosing it.</summary>
    internal bool IsFreeFor(Actor actor) => actor.IsAdministrator || IsForTheAsking;
}
