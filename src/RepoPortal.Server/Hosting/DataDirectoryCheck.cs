using RepoPortal.Contracts;

namespace RepoPortal.Server.Hosting;

/// <summary>Looks before anything is started whether the data directory can be used, so that the answer is one sentence and not the first failure of some part.</summary>
internal static class DataDirectoryCheck
{
    /// <exception cref="DataDirectoryException">It cannot be made or written.</exception>
    public static void Require(DataDirectory data)
    {
        var probe = Path.Combine(data.Root, $".write-check-{Environment.ProcessId}");
        try
        {
            // Nobody else reads it, whatever the umask; one that is there already keeps the mode its owner chose.
            Directory.CreateDirectory(data.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException(
                $"The data directory '{data.Root}' cannot be written by '{Environment.UserName}': {exception.Message} Give it to that user, or choose another with --data.", exception);
        }
    }
}
