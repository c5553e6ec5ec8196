using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode;

/// <summary>Sees to it that one process at a time works in a node's directory. Started before everything else of the node.</summary>
internal sealed class NodeLock(NodeDirectories directories) : IHostedService, IDisposable
{
    private FileStream? _file;

    /// <summary>Makes the node's directories and takes them for this process.</summary>
    /// <exception cref="StorageException">Another process has them, or they cannot be written to.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            directories.Create();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The directory '{directories.Root}' cannot be made or written to: {exception.Message}", exception);
        }

        try
        {
            // The kernel gives the lock back when this process ends, however it does; children do not inherit it.
            _file = new FileStream(Path.Combine(directories.Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StorageException($"Another server works in '{directories.Root}'; one data directory is for one server at a time.", exception);
        }

        return Task.CompletedTask;
    }

    /// <summary>Keeps the lock: other parts of the node stop later. It ends with <see cref="Dispose"/>.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _file?.Dispose();
}
