using System.Globalization;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>Finds what an earlier server may have left running: the workers go on when httpd and the server are killed together.</summary>
internal static class HttpdLeftovers
{
    /// <summary>
    /// Ends every process of ours that runs <paramref name="program"/> with <c>-f</c> <paramref name="configuration"/>. Nobody else's command line has that
    /// file, and the caller holds the node's lock, so there is no server that they could belong to.
    /// </summary>
    /// <returns>How many were ended.</returns>
    public static int End(string program, string configuration)
    {
        var executable = Resolve(program);
        return Directory.EnumerateDirectories("/proc")
            .Where(directory => IsOurs(directory, executable, configuration))
            .Count(directory => Libc.Signal(int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture), Libc.SigKill));
    }

    private static bool IsOurs(string process, string executable, string configuration)
    {
        if (!char.IsAsciiDigit(Path.GetFileName(process)[0]))
            return false;
        try
        {
            var arguments = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
            var file = Array.IndexOf(arguments, "-f") + 1;
            return file > 0 && file < arguments.Length && arguments[file] == configuration && Resolve(Path.Combine(process, "exe")) == executable;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is somebody else's.
            return false;
        }
    }

    private static string Resolve(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
