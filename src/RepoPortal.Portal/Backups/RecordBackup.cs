namespace RepoPortal.Portal.Backups;

/// <summary>How the backup of the record itself stands: the one row with id 1.</summary>
public sealed class RecordBackup
{
    /// <summary>The row's id.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>When the last one was begun that succeeded; null before the first.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Failure { get; set; }

    /// <summary>When the last attempt was made, by whichever server.</summary>
    public DateTimeOffset? TriedAt { get; set; }
}
