using System.Globalization;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Native;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Copying;

/// <summary>
/// Makes a repository as of a revision by <c>svnadmin dump</c> and <c>load</c>: for revisions that are packed together with later ones, so that their files cannot be
/// copied by themselves. Every revision is read and written anew, which takes many times as long as copying.
/// </summary>
internal sealed class LoadRevisions(SvnAdmin svnadmin)
{
    private const string What = "the revisions could not be loaded";

    /// <summary>Returns when it is there and its revisions have the digests that the source has of them.</summary>
    /// <param name="source">A repository that nobody packs meanwhile.</param>
    /// <param name="destination">The new repository.</param>
    /// <param name="revision">The youngest revision it will have.</param>
    /// <param name="onProgress">Gets the progress.</param>
    /// <param name="cancellationToken">Stops it; what was loaded stays.</param>
    /// <exception cref="StorageException">svnadmin could not read the one or write the other.</exception>
    /// <exception cref="DamagedException">A revision did not come back as it was.</exception>
    public async Task RunAsync(string source, string destination, long revision, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        SvnRepositoryClient.CreateRepository(destination);
        var dumped = await svnadmin.RunAsync(
            ["dump", "-r", string.Create(CultureInfo.InvariantCulture, $"0:{revision}"), source],
            dump => LoadAsync(dump, destination, cancellationToken),
            line =>
            {
                if (Dumped(line) is not { } done)
                    return false;
                onProgress(new JobProgress("loading anew", done, revision));
                return true;
            },
            cancellationToken);
        Require(dumped);
        var kept = new DigestFile(source);
        RevisionDigests.Compare(destination, kept, 1, Math.Min(revision, kept.Youngest), done => onProgress(new JobProgress("comparing", done, revision)), cancellationToken);
        new DigestFile(destination).Follow(kept, revision);
    }

    // Whatever properties there are come back as they are; and nothing has to be on the disk before all of it is.
    private async Task LoadAsync(Stream dump, string destination, CancellationToken cancellationToken) => Require(await svnadmin.FeedAsync(
        ["load", "-q", "--ignore-uuid", "--bypass-prop-validation", "--no-flush-to-disk", "-M", "64", destination], input => dump.CopyTo(input), cancellationToken));

    private static void Require(SvnAdminExit exit)
    {
        if (exit.Code != 0)
            throw new StorageException($"{What}: {(exit.IsDiskFull ? "the disk of the storage node is full" : exit.Complaint)}");
    }

    // "* Dumped revision 12."
    private static long? Dumped(string line)
    {
        const string Prefix = "* Dumped revision ";
        return line.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(Prefix.Length).TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : null;
    }
}
