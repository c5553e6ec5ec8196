using System.ComponentModel.DataAnnotations;

namespace RepoPortal.Contracts.Backups;

/// <summary>The section <c>RepoPortal:Backup</c>: where backups go, read by the portal (the record) and by every storage node (its repositories).</summary>
public sealed class BackupOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "RepoPortal:Backup";

    /// <summary>The directory of the backups, any mounted path; unset: <c>backups</c> in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>Whether the backups may lie on the file system of the repositories, with which they would be lost; for trials, and where the disk itself is safe.</summary>
    public bool SameFileSystem { get; set; }

    /// <summary>Whether backups are only read and none are made: while a machine is restored from them.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>How many backups are made at once, 1 to 16; beside them half as many verifications and drills.</summary>
    [Range(1, 16, ErrorMessage = "RepoPortal:Backup:Parallel is a number from 1 to 16.")]
    public int Parallel { get; set; } = 2;

    /// <summary>How often the record is backed up, 1 minute to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "RepoPortal:Backup:RecordInterval is a duration from 00:01:00 to 1.00:00:00.")]
    public TimeSpan RecordInterval { get; set; } = TimeSpan.FromMinutes(15);
}
