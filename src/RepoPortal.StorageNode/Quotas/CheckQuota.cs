using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Reading;

namespace RepoPortal.StorageNode.Quotas;

/// <summary>Decides whether a copy may take a commit, by what lies on this disk alone.</summary>
internal sealed class CheckQuota(NodeDirectories directories, MeasureCopy measure)
{
    /// <summary>A sentence for the person at the client when it may not; null when it may.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="name">How that person calls the repository.</param>
    /// <param name="transaction">The commit, as Subversion calls it before it has a number.</param>
    /// <exception cref="StorageException">The limit or the copy cannot be read.</exception>
    public string? Refuse(RepositoryCopy copy, string name, string transaction)
    {
        var directory = directories.Copy(copy);
        if (QuotaFile.Read(directory)?.Bytes is not { } limit)
            return null;
        var used = measure.Run(copy).SizeBytes;
        if (used >= limit)
            return $"'{name}' has used up its quota of {ByteWords.Of(limit)}; commits are refused until space is made or its owners get more. Reading goes on.";
        return used + Length(directory, transaction) > limit
            ? $"This commit is too large for what '{name}' has left of its quota of {ByteWords.Of(limit)}: {ByteWords.Of(used)} are in use. Commit less, or ask its owners to get more. Reading goes on."
            : null;
    }

    // FSFS writes what a commit adds into one file, which becomes the revision's ("structure" in libsvn_fs_fs).
    private static long Length(string directory, string transaction)
    {
        var file = new FileInfo(Path.Combine(directory, "db", "txn-protorevs", transaction + ".rev"));
        return file.Exists ? file.Length : 0;
    }
}
