using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>What this machine must have for httpd to be started, looked for before anything is started.</summary>
internal static class HttpdInstallation
{
    /// <summary>Ends the life of a child together with the thread that started it; part of util-linux.</summary>
    public const string SetPriv = "/usr/bin/setpriv";

    /// <summary>Gives httpd a process group of its own; part of util-linux.</summary>
    public const string SetSid = "/usr/bin/setsid";

    /// <summary>The modules that are loaded, in the order in which they must be, without <c>mod_</c> and <c>.so</c>.</summary>
    public static IReadOnlyList<string> Modules { get; } =
        ["mpm_event", "authn_core", "authz_core", "authz_user", "auth_basic", "authn_anon", "dav", "dav_svn", "authz_svn"];

    /// <summary>Where a module lies.</summary>
    public static string ModuleFile(StorageNodeOptions options, string module) => Path.Combine(options.HttpdModules, $"mod_{module}.so");

    /// <summary>Refuses, with the Debian package named, when something is missing.</summary>
    /// <exception cref="StorageException">Something is missing, or the process runs as root.</exception>
    public static void Require(StorageNodeOptions options)
    {
        if (Environment.IsPrivilegedProcess)
            throw new StorageException("The storage node does not run as root, because httpd refuses to; start it as a user of its own that owns the data directory.");
        RequireFile(options.HttpdProgram, "apache2-bin");
        RequireFile(SetPriv, "util-linux");
        RequireFile(SetSid, "util-linux");
        foreach (var module in Modules)
            RequireFile(ModuleFile(options, module), module.EndsWith("_svn", StringComparison.Ordinal) ? "libapache2-mod-svn" : "apache2-bin");
    }

    private static void RequireFile(string path, string package)
    {
        if (!File.Exists(path))
            throw new StorageException($"'{path}' is missing; on Debian it comes with the package '{package}'.");
    }
}
