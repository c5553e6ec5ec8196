using System.ComponentModel.DataAnnotations;

namespace RepoPortal.Portal.Imports;

/// <summary>The section <c>RepoPortal:Import</c>, as far as the portal reads it.</summary>
internal sealed class ImportOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "RepoPortal:Import";

    /// <summary>The largest file that can be uploaded, in MiB; 64 GiB unless set.</summary>
    [Range(1, 16 * 1024 * 1024, ErrorMessage = "RepoPortal:Import:MaxUploadMegabytes is a number from 1 to 16777216.")]
    public long MaxUploadMegabytes { get; set; } = 64 * 1024;

    /// <summary>How many uploads one person may have at a time.</summary>
    [Range(1, 100, ErrorMessage = "RepoPortal:Import:MaxUploads is a number from 1 to 100.")]
    public int MaxUploads { get; set; } = 4;

    /// <summary>After how many days an upload that nothing was added to is removed.</summary>
    [Range(1, 365, ErrorMessage = "RepoPortal:Import:UploadDays is a number from 1 to 365.")]
    public int UploadDays { get; set; } = 7;
}
