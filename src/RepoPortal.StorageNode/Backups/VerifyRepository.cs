using System.Globalization;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Backups;

/// <summary>Reads a whole repository, as it lies on the disk, and says what is damaged.</summary>
internal sealed class VerifyRepository(SvnAdmin svnadmin, ILogger<VerifyRepository> logger)
{
    /// <summary>Runs <c>svnadmin verify</c>, and then compares every revision with its digest.</summary>
    /// <param name="repository">The repository's directory.</param>
    /// <param name="kept">The witness; null to leave contents alone and look at structure and indexes only.</param>
    /// <param name="youngest">The last revision to be compared; no more than the witness has.</param>
    /// <param name="onProgress">Gets the progress.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is damaged, as the end of a sentence; null when nothing is.</returns>
    /// <exception cref="StorageException">Nobody knows, because <c>svnadmin</c> was ended before it did.</exception>
    public async Task<string?> FindDamageAsync(
        string repository, DigestFile? kept, long youngest, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        string[] mode = kept is null ? ["--metadata-only"] : [];
        var exit = await svnadmin.RunAsync(
            ["verify", "--keep-going", .. mode, repository],
            line =>
            {
                if (Revision(line, "* Verified revision ") is { } revision)
                    onProgress(new JobProgress("verifying", Math.Min(revision, youngest), youngest));
            },
            cancellationToken);
        if (exit.WasEnded)
            throw new StorageException($"the verification did not come to its end: {exit.Complaint}");
        if (exit.Code != 0)
        {
            logger.LogError("'{Repository}' is damaged: {Complaint}", repository, exit.Complaint);
            var at = exit.Errors.Select(line => Revision(line, "* Error verifying revision ")).FirstOrDefault(revision => revision is not null);
            return at is { } revision ? $"revision {revision} is damaged" : "its structure is damaged";
        }

        if (kept is null)
            return null;
        try
        {
            await QuietThread.RunAsync(() => RevisionDigests.Compare(
                repository, kept, 1, youngest, revision => onProgress(new JobProgress("comparing", revision, youngest)), cancellationToken));
            return null;
        }
        catch (DamagedException exception)
        {
            return exception.Message;
        }
    }

    private static long? Revision(string line, string prefix) =>
        line.StartsWith(prefix, StringComparison.Ordinal) && long.TryParse(line.AsSpan(prefix.Length).TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : null;
}
