using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Backups;

/// <summary>
/// Notes where the backups lie, before revision numbers are given out, up to which they may be: so that none is given out again when a machine is lost with commits
/// that neither a backup nor the record knows of. A file <c>{generation}.numbers</c> beside the backup.
/// </summary>
/// <remarks>
/// A commit only waits for this when the block that was reserved last is used up. While the backups cannot be reached, commits go on: that the promise is not kept
/// is said elsewhere. When a backup has everything and no commit is under way, the reservation ends with it.
/// </remarks>
internal sealed class ReservedNumbers(NodeDirectories directories, BackupTarget target, TimeProvider time, ILogger<ReservedNumbers> logger)
{
    private const string Extension = ".numbers";

    // What is reserved and was not used becomes empty revisions after a loss.
    private const int Block = 32;

    // So many commits may be under way at once without one of them being given a number that is not reserved.
    private const int AtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<RepositoryCopy, Reservation> _reservations = new();

    // The same for all copies: the disk is away, or it is not. Told by elapsed time, which no change of the clock touches.
    private volatile Failure? _failure;

    private bool IsAway => _failure is { } failure && (!failure.Writing.IsCompleted || time.GetElapsedTime(failure.Since) < TryAgainAfter);

    /// <summary>Returns when the number that a commit is going to get is reserved, or cannot be.</summary>
    /// <param name="copy">The copy that takes the commit.</param>
    /// <param name="youngest">Its youngest revision.</param>
    /// <param name="transaction">The commit, as Subversion calls it before it has a number.</param>
    public void Reserve(RepositoryCopy copy, long youngest, string transaction)
    {
        var reservation = _reservations.GetOrAdd(copy, _ => new Reservation());
        lock (reservation)
        {
            reservation.UnderWay.RemoveWhere(name => !IsUnderWay(copy, name));
            reservation.UnderWay.Add(transaction);
            if (youngest + AtOnce <= reservation.UpTo || IsAway)
                return;
            var wanted = youngest + Block;
            // A disk that is far away may not answer at all; what was begun there ends some time.
            var writing = Task.Run(() => Write(copy, wanted));
            try
            {
                if (!writing.Wait(Patience))
                    throw new TimeoutException("the directory for backups does not answer");
                reservation.UpTo = wanted;
            }
            catch (Exception exception) when (exception is AggregateException { InnerException: StorageException or IOException or UnauthorizedAccessException } or TimeoutException)
            {
                _failure = new Failure(writing, time.GetTimestamp());
                logger.LogWarning(
                    exception, "Revision numbers of {Repository} could not be reserved beyond {UpTo}: commits go on, and after a loss of this machine theirs could be given out again", copy.Repository, reservation.UpTo);
            }
        }
    }

    /// <summary>Ends the reservation with a backup that has everything.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="revision">The youngest revision of the backup.</param>
    /// <param name="youngest">Tells the copy's youngest revision.</param>
    /// <exception cref="IOException">The backups cannot be written to.</exception>
    public void End(RepositoryCopy copy, long revision, Func<long> youngest)
    {
        var reservation = _reservations.GetOrAdd(copy, _ => new Reservation());
        lock (reservation)
        {
            reservation.UnderWay.RemoveWhere(name => !IsUnderWay(copy, name));
            if (reservation.UnderWay.Count > 0 || youngest() != revision || Read(copy) is not { } before || before <= revision)
                return;
            // Before the file: what is remembered may only ever be less than what that says.
            reservation.UpTo = revision;
            Write(copy, revision);
        }
    }

    /// <summary>Up to which number revisions may have been given out; null when nothing says so.</summary>
    public long? Read(RepositoryCopy copy)
    {
        var file = PathOf(copy);
        return File.Exists(file) && long.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Forgets a copy whose backup is removed.</summary>
    public void Remove(RepositoryCopy copy)
    {
        _reservations.TryRemove(copy, out _);
        File.Delete(PathOf(copy));
    }

    private string PathOf(RepositoryCopy copy) => target.PathOf(copy) + Extension;

    // Subversion removes the directory of a transaction when it has become a revision, or was given up.
    private bool IsUnderWay(RepositoryCopy copy, string transaction) =>
        Directory.Exists(Path.Combine(directories.Copy(copy), "db", "transactions", transaction + ".txn"));

    private void Write(RepositoryCopy copy, long number)
    {
        target.Require();
        var path = PathOf(copy);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = path + ".new";
        File.WriteAllText(fresh, number.ToString(CultureInfo.InvariantCulture));
        Libc.Sync(fresh);
        Libc.Rename(fresh, path);
        Libc.Sync(Path.GetDirectoryName(path)!);
    }

    /// <param name="Writing">What was begun; it may still go on.</param>
    /// <param name="Since">When it had failed, as a timestamp.</param>
    private sealed record Failure(Task Writing, long Since);

    private sealed class Reservation
    {
        /// <summary>0 after a start: the first commit reserves anew.</summary>
        public long UpTo { get; set; }

        /// <summary>Commits that were let through and have no number yet.</summary>
        public HashSet<string> UnderWay { get; } = new(StringComparer.Ordinal);
    }
}
