using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Digests;

/// <summary>Reads digests from a repository itself, and compares them with those that were kept.</summary>
internal static class RevisionDigests
{
    private const int Batch = 256;

    /// <summary>The digests of revisions <paramref name="first"/> to <paramref name="last"/>, one after the other.</summary>
    /// <exception cref="DamagedException">A revision cannot be read.</exception>
    public static byte[] Compute(SvnLookClient look, string repository, long first, long last, CancellationToken cancellationToken)
    {
        var digests = new byte[checked((int)((last - first + 1) * DigestFile.DigestSize))];
        for (var revision = first; revision <= last; revision++)
            Compute(look, repository, revision, cancellationToken).CopyTo(digests, (int)(revision - first) * DigestFile.DigestSize);
        return digests;
    }

    /// <summary>Compares revisions of a repository with the digests that were kept.</summary>
    /// <param name="repository">The repository that is read.</param>
    /// <param name="kept">The witness.</param>
    /// <param name="first">The first revision.</param>
    /// <param name="last">The last one.</param>
    /// <param name="onRevision">Called with each revision that is as it was.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DamagedException">A revision is not what it was, or cannot be read.</exception>
    public static void Compare(string repository, DigestFile kept, long first, long last, Action<long> onRevision, CancellationToken cancellationToken)
    {
        using var look = SvnLookClient.PastCaches();
        for (var begin = Math.Max(first, 1); begin <= last; begin += Batch)
        {
            var end = Math.Min(begin + Batch - 1, last);
            var expected = kept.Read(begin, end);
            for (var revision = begin; revision <= end; revision++)
            {
                var at = (int)(revision - begin) * DigestFile.DigestSize;
                if (!Compute(look, repository, revision, cancellationToken).AsSpan().SequenceEqual(expected.AsSpan(at, DigestFile.DigestSize)))
                    throw new DamagedException(revision, "it is not what it was when it was committed");
                onRevision(revision);
            }
        }
    }

    private static byte[] Compute(SvnLookClient look, string repository, long revision, CancellationToken cancellationToken)
    {
        try
        {
            return look.GetDigest(new SvnLookOrigin(repository, revision), cancellationToken);
        }
        catch (SvnException exception) when (!exception.IsDiskFull)
        {
            throw new DamagedException(revision, exception.Message);
        }
    }
}

/// <summary>A revision that cannot be read, or is not what it was.</summary>
/// <param name="revision">Which.</param>
/// <param name="reason">Why, at the end of a sentence.</param>
internal sealed class DamagedException(long revision, string reason) : Exception($"revision {revision} is damaged: {reason}")
{
    /// <summary>The revision.</summary>
    public long Revision { get; } = revision;
}
