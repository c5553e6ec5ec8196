using System.Globalization;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Where FSFS keeps what a commit added; "structure" in libsvn_fs_fs describes it.</summary>
internal sealed class RevisionFiles
{
    private readonly string _database;
    private readonly long? _shardSize;

    /// <summary>Reads how the files are laid out.</summary>
    /// <param name="repository">The repository's directory.</param>
    public RevisionFiles(string repository)
    {
        _database = Path.Combine(repository, "db");
        _shardSize = ShardSize(repository);
    }

    /// <summary>How many revisions lie in one directory; null when all do.</summary>
    public static long? ShardSize(string repository)
    {
        const string Sharded = "layout sharded ";
        var layout = File.ReadLines(Path.Combine(repository, "db", "format")).FirstOrDefault(line => line.StartsWith(Sharded, StringComparison.Ordinal));
        return layout is null ? null : long.Parse(layout.AsSpan(Sharded.Length), CultureInfo.InvariantCulture);
    }

    /// <summary>The bytes that a revision added to the store; 0 when it was packed together with others.</summary>
    public long SizeOf(long revision) => Length("revs", revision) + Length("revprops", revision);

    /// <summary>The bytes that the revisions after <paramref name="from"/> up to <paramref name="to"/> added.</summary>
    public long SizeOf(long from, long to)
    {
        var added = 0L;
        for (var revision = from + 1; revision <= to; revision++)
            added += SizeOf(revision);
        return added;
    }

    private long Length(string directory, long revision)
    {
        var file = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"{_database}/{directory}/{(_shardSize is { } size ? $"{revision / size}/" : "")}{revision}"));
        return file.Exists ? file.Length : 0;
    }
}
