using System.ComponentModel.DataAnnotations;

namespace RepoPortal.Portal;

/// <summary>The section <c>RepoPortal</c>, as far as the portal reads it.</summary>
public sealed class PortalOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "RepoPortal";

    /// <summary>The address people reach the portal by, such as <c>https://svn.lab.example</c>; unset: whatever address a request came in by.</summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>How many days the file of an export is kept, 1 to 365.</summary>
    [Range(1, 365, ErrorMessage = "RepoPortal:ExportDays is a number from 1 to 365.")]
    public int ExportDays { get; set; } = 7;
}
