using System.ComponentModel.DataAnnotations;

namespace RepoPortal.StorageNode;

/// <summary>The section <c>RepoPortal:StorageNode</c>.</summary>
public sealed class StorageNodeOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "RepoPortal:StorageNode";

    /// <summary>The node's name, unique in the cluster and never changed: 1 to 32 characters out of <c>a-z 0-9 -</c>, starting with a letter.</summary>
    public string Name { get; set; } = "node-1";

    /// <summary>The httpd program.</summary>
    public string HttpdProgram { get; set; } = "/usr/sbin/apache2";

    /// <summary>The directory of httpd's modules.</summary>
    public string HttpdModules { get; set; } = "/usr/lib/apache2/modules";

    /// <summary>The svnadmin program, for bulk work.</summary>
    public string SvnAdminProgram { get; set; } = "/usr/bin/svnadmin";

    /// <summary>How many processes httpd serves from, 1 to 16; each has a cache of its own, so few are better than many.</summary>
    [Range(1, 16, ErrorMessage = "RepoPortal:StorageNode:HttpdProcesses is a number from 1 to 16.")]
    public int HttpdProcesses { get; set; } = 2;

    /// <summary>How many requests each of these processes works on at once, 16 to 512.</summary>
    [Range(16, 512, ErrorMessage = "RepoPortal:StorageNode:HttpdThreads is a number from 16 to 512.")]
    public int HttpdThreads { get; set; } = 64;

    /// <summary>The cache of repository content in each of these processes, in MiB, 0 to 65536.</summary>
    [Range(0, 65536, ErrorMessage = "RepoPortal:StorageNode:HttpdCacheMegabytes is a number from 0 to 65536.")]
    public int HttpdCacheMegabytes { get; set; } = 64;

    /// <summary>The hook program that is installed for every repository; a relative path is taken from the server's own directory.</summary>
    public string HookProgram { get; set; } = "repoportal-hook";

    /// <summary>How many days what was discarded stays in the trash, 0 to 3650.</summary>
    [Range(0, 3650, ErrorMessage = "RepoPortal:StorageNode:TrashDays is a number from 0 to 3650.")]
    public int TrashDays { get; set; } = 7;

    /// <summary>The directory that exports are written to, until they are fetched; unset: <c>exports</c> in the node's directory.</summary>
    public string? ExportDirectory { get; set; }

    /// <summary>The node counts as not ready while its disk has less than this free, in MiB, 0 or more; no export takes it.</summary>
    [Range(0, long.MaxValue, ErrorMessage = "RepoPortal:StorageNode:MinimumFreeMegabytes is 0 or more.")]
    public long MinimumFreeMegabytes { get; set; } = 512;

    /// <summary>Networks that histories may be imported from although they are private, loopback or otherwise not of the public internet, such as 10.20.0.0/16.</summary>
    public IReadOnlyList<string> ImportNetworks { get; set; } = [];
}
