using System.ComponentModel.DataAnnotations;

namespace RepoPortal.Contracts.Backups;

/// <summary>The section <c>RepoPortal:Backup:OffSite</c>: a second place for the backups, as a remote of rclone. Read by the portal (how often) and by every storage node.</summary>
public sealed class OffSiteOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = BackupOptions.Section + ":OffSite";

    /// <summary>A remote of rclone's configuration and a path in it, such as <c>offsite:repoportal</c>; unset: there is no second place.</summary>
    [RegularExpression("[A-Za-z0-9_][A-Za-z0-9_.+@ -]*:[^:]*", ErrorMessage = "RepoPortal:Backup:OffSite:Remote is the name of a remote in rclone's configuration, a colon and a path, such as offsite:repoportal.")]
    public string? Remote { get; set; }

    /// <summary>The file of rclone's configuration, which has the secrets.</summary>
    public string ConfigFile { get; set; } = "/etc/repoportal/rclone.conf";

    /// <summary>How often what has changed is copied, 1 minute to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "RepoPortal:Backup:OffSite:Interval is a duration from 00:01:00 to 7.00:00:00.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The rclone program.</summary>
    public string Program { get; set; } = "/usr/bin/rclone";
}
