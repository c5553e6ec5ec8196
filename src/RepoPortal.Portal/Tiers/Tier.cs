namespace RepoPortal.Portal.Tiers;

/// <summary>A promise that can be chosen for a repository. Rows, seeded by the first migration, so that administrators can change them.</summary>
public sealed class Tier
{
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

    /// <summary>How long a deleted repository can be taken back, in seconds.</summary>
    public required long RetentionSeconds { get; set; }

    /// <summary>Its place among the tiers, the weakest promise first.</summary>
    public required int Order { get; set; }
}
