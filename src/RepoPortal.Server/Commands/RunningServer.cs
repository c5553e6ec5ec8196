using RepoPortal.Contracts;
using RepoPortal.Portal.Outcomes;

namespace RepoPortal.Server.Commands;

/// <summary>Whether a server works in a data directory: what a command asks for is done by it.</summary>
internal static class RunningServer
{
    /// <summary>What a command says when there is none.</summary>
    public static readonly Refusal Refusal = new(RefusalKind.Conflict, "No server runs on this data directory; start it (infra/run), and ask again.");

    /// <summary>True while a storage node holds the lock of its directory.</summary>
    public static bool IsThere(DataDirectory data)
    {
        var nodes = Path.Combine(data.Root, "nodes");
        return Directory.Exists(nodes) && Directory.EnumerateDirectories(nodes).Any(node => IsLocked(Path.Combine(node, "lock")));
    }

    private static bool IsLocked(string file)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
