using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RepoPortal.Portal.Audit;

/// <summary>Ties each audit entry to the one before, so that altering, removing or inserting one breaks every hash after it.</summary>
internal static class AuditChain
{
    /// <summary>What the first entry has for the hash before it.</summary>
    internal static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    // The key of PostgreSQL's advisory lock: any number, as long as it is always the same.
    private const long LockKey = 0x5265706f41756474;

    /// <summary>Saves; new entries get their numbers and hashes in the same transaction, one writer after the other.</summary>
    internal static async Task<int> SaveAsync(RecordContext record, Func<Task<int>> save, CancellationToken cancellationToken)
    {
        var added = record.ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).ToList();
        if (added.Count == 0)
            return await save();
        await using var transaction = record.Database.CurrentTransaction is null ? await record.Database.BeginTransactionAsync(cancellationToken) : null;
        // SQLite's transaction holds the one write lock from its beginning.
        if (record is PostgresRecordContext)
            await record.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
        var last = await record.Audit.AsNoTracking().OrderByDescending(entry => entry.Id).Select(entry => new { entry.Id, entry.Hash }).FirstOrDefaultAsync(cancellationToken);
        var (number, hash) = last is null ? (0L, Beginning) : (last.Id, last.Hash);
        foreach (var entry in added)
        {
            var id = entry.Property(row => row.Id);
            (id.CurrentValue, id.IsTemporary) = (++number, false);
            hash = Link(entry.Entity, hash);
        }

        var saved = await save();
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>Gives hashes to entries that were written before there were any. To be called while nothing else writes.</summary>
    internal static async Task SealAsync(RecordContext record, CancellationToken cancellationToken)
    {
        var unsealed = await record.Audit.Where(entry => entry.Hash.Length == 0).OrderBy(entry => entry.Id).ToListAsync(cancellationToken);
        if (unsealed.Count == 0)
            return;
        var first = unsealed[0].Id;
        var hash = await record.Audit.Where(entry => entry.Id < first).OrderByDescending(entry => entry.Id).Select(entry => entry.Hash).FirstOrDefaultAsync(cancellationToken)
            ?? Beginning;
        foreach (var entry in unsealed)
            hash = Link(entry, hash);
        await record.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The hash an entry must have when <paramref name="previous"/> is the one before it.</summary>
    internal static byte[] HashOf(AuditEntry entry, ReadOnlySpan<byte> previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Append(hash, entry.Id);
        Append(hash, entry.At.UtcTicks);
        Append(hash, entry.ActorId?.ToString("n") ?? "");
        Append(hash, entry.ActorName);
        Append(hash, entry.Action);
        Append(hash, entry.Subject);
        Append(hash, entry.RepositoryId?.ToString() ?? "");
        Append(hash, entry.Detail);
        return hash.GetHashAndReset();
    }

    private static byte[] Link(AuditEntry entry, byte[] previous)
    {
        entry.PreviousHash = previous;
        return entry.Hash = HashOf(entry, previous);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    // With its length before it, so that no text can pass for the end of one field and the beginning of the next.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
