using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Digests;

/// <summary>Has the digest of each commit worked out in the background, one after the other. What is lost with the process is made good by the next commit or backup.</summary>
internal sealed class DigestQueue(KeepDigests keep, NodeDirectories directories, ILogger<DigestQueue> logger) : BackgroundService
{
    private readonly Channel<(RepositoryCopy Copy, long Revision)> _commits = Channel.CreateUnbounded<(RepositoryCopy, long)>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Notes a commit, and returns at once.</summary>
    public void Add(RepositoryCopy copy, long revision) => _commits.Writer.TryWrite((copy, revision));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (copy, revision) in _commits.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await keep.RunAsync(copy, revision, stoppingToken);
            }
            catch (Exception exception) when (exception is DamagedException || StorageFailure.IsOne(exception))
            {
                // The next backup tries again, and says what is wrong where people see it.
                if (Directory.Exists(directories.Copy(copy)))
                    logger.LogError(exception, "The digest of revision {Revision} of {Repository} could not be kept", revision, copy.Repository);
            }
        }
    }
}
