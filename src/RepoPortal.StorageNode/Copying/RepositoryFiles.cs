using System.Globalization;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Reading;

namespace RepoPortal.StorageNode.Copying;

/// <summary>Copies a repository's files as of a revision: "structure" in libsvn_fs_fs describes them. As fast as files can be copied.</summary>
/// <remarks>
/// A revision of FSFS is one file that nothing changes afterwards and that refers to older revisions only, so the files up to a revision, with
/// <c>db/current</c> saying so, are the repository as it was then. Locks, unfinished transactions and the index of equal contents (which libsvn makes anew) stay
/// behind; hooks and access rules are the business of whoever serves the copy.
/// </remarks>
internal sealed class RepositoryFiles
{
    private readonly string _source;
    private readonly string _database;
    private readonly long _shardSize;
    private readonly long _minUnpacked;

    /// <summary>Reads how a repository's files are laid out.</summary>
    /// <param name="source">A repository that nobody commits to, or one whose revisions are only taken up to a revision that is there.</param>
    /// <exception cref="StorageException">It is of a kind that is not stored here.</exception>
    public RepositoryFiles(string source)
    {
        _source = source;
        _database = Path.Combine(source, "db");
        _shardSize = RevisionFiles.ShardSize(source) ?? throw new StorageException("the repository is not stored in shards, which Subversion 1.5 introduced; dump and load it first");
        var unpacked = Path.Combine(_database, "min-unpacked-rev");
        _minUnpacked = File.Exists(unpacked) ? long.Parse(File.ReadAllText(unpacked), CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Revisions below this one are packed together, and only come together.</summary>
    public long FirstSingle => Math.Max(_minUnpacked - 1, 0);

    /// <summary>Copies everything up to a revision into a directory that is not there yet; <c>format</c>, which makes it a repository, is copied last.</summary>
    /// <param name="destination">The new repository.</param>
    /// <param name="revision">The youngest revision it will have.</param>
    /// <param name="onRevision">Called now and then with the youngest revision that is copied.</param>
    /// <param name="cancellationToken">Stops it; what was copied stays.</param>
    /// <exception cref="StorageException">The revision lies within those that are packed together.</exception>
    public async Task CopyUpToAsync(string destination, long revision, Action<long> onRevision, CancellationToken cancellationToken)
    {
        if (revision < FirstSingle)
            throw new StorageException($"revisions up to {FirstSingle} are packed together and can only be restored together; choose {FirstSingle} or a later one");
        var database = Path.Combine(destination, "db");
        foreach (var directory in (string[])["conf", "hooks", "locks", "db/revs", "db/revprops", "db/transactions", "db/txn-protorevs"])
            Directory.CreateDirectory(Path.Combine(destination, directory));
        foreach (var file in (string[])["fs-type", "fsfs.conf", "uuid", "min-unpacked-rev", "txn-current"])
            CopyIfThere(Path.Combine(_database, file), Path.Combine(database, file));
        // Made and not copied: whoever commits holds them by flock, which the runtime asks for, too, before it reads a file.
        foreach (var file in (string[])["db/txn-current-lock", "db/write-lock", "locks/db.lock", "locks/db-logs.lock"])
            File.Create(Path.Combine(destination, file)).Dispose();

        for (var shard = 0L; shard <= revision / _shardSize; shard++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var last = Math.Min(((shard + 1) * _shardSize) - 1, revision);
            // Both at once: of thousands of small files, most of the time goes into waiting for the file system.
            await Task.WhenAll(CopyShardAsync("revs", shard, last, database, cancellationToken), CopyShardAsync("revprops", shard, last, database, cancellationToken));
            onRevision(last);
        }

        new DigestFile(destination).Follow(new DigestFile(_source), revision);
        File.WriteAllText(Path.Combine(database, "current"), string.Create(CultureInfo.InvariantCulture, $"{revision}\n"));
        File.Copy(Path.Combine(_database, "format"), Path.Combine(database, "format"));
        File.Copy(Path.Combine(_source, "format"), Path.Combine(destination, "format"));
    }

    private Task CopyShardAsync(string kind, long shard, long last, string database, CancellationToken cancellationToken) =>
        Task.Run(() => CopyShard(kind, shard, last, database, cancellationToken), cancellationToken);

    private void CopyShard(string kind, long shard, long last, string database, CancellationToken cancellationToken)
    {
        var name = shard.ToString(CultureInfo.InvariantCulture);
        var packed = Path.Combine(_database, kind, $"{name}.pack");
        if (Directory.Exists(packed))
            CopyAll(packed, Path.Combine(database, kind, $"{name}.pack"), cancellationToken);
        var from = Path.Combine(_database, kind, name);
        if (!Directory.Exists(from))
            return;
        var to = Path.Combine(database, kind, name);
        Directory.CreateDirectory(to);
        for (var revision = shard * _shardSize; revision <= last; revision++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = revision.ToString(CultureInfo.InvariantCulture);
            CopyIfThere(Path.Combine(from, file), Path.Combine(to, file));
        }
    }

    private static void CopyAll(string from, string to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    // Which of them there are depends on the format, and on what was packed.
    private static void CopyIfThere(string from, string to)
    {
        if (File.Exists(from))
            File.Copy(from, to);
    }
}
