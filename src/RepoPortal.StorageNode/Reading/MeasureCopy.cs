using System.Collections.Concurrent;
using System.IO.Enumeration;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>Finds out how large a copy is. A store of 100,000 revisions has as many files, so after a commit only what is new is added up.</summary>
internal sealed class MeasureCopy(ReadCopy read, SvnLookClient look, TimeProvider time)
{
    private const long AddedUpAtMost = 1000;
    private static readonly TimeSpan CountedAfter = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<RepositoryCopy, Known> _known = new();

    /// <summary>Youngest revision and size; the size is exact once an hour and grows by the new revisions' files in between.</summary>
    /// <exception cref="StorageException">It is not there, or cannot be read.</exception>
    public CopyMeasurement Run(RepositoryCopy copy) => read.Run(copy, path =>
    {
        var youngest = look.GetYoungest(path);
        var known = _known.TryGetValue(copy, out var before) && CanAddTo(before, youngest)
            ? before with { Youngest = youngest, SizeBytes = before.SizeBytes + new RevisionFiles(path).SizeOf(before.Youngest, youngest) }
            : new Known(youngest, Count(path), time.GetTimestamp());
        _known[copy] = known;
        return new CopyMeasurement(known.Youngest, known.SizeBytes);
    });

    /// <summary>Forgets a copy that is gone.</summary>
    public void Forget(RepositoryCopy copy) => _known.TryRemove(copy, out _);

    private bool CanAddTo(Known before, long youngest) =>
        youngest >= before.Youngest && youngest - before.Youngest <= AddedUpAtMost && time.GetElapsedTime(before.CountedAt) < CountedAfter;

    // Without what is being committed at this moment: it becomes a revision, and would be added once more, or goes away.
    private static long Count(string path)
    {
        var database = Path.Combine(path, "db");
        return new FileSystemEnumerable<long>(
            path,
            (ref FileSystemEntry file) => file.Length,
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !(entry.Directory.SequenceEqual(database) && entry.FileName is "transactions" or "txn-protorevs"),
        }.Sum();
    }

    private sealed record Known(long Youngest, long SizeBytes, long CountedAt);
}
