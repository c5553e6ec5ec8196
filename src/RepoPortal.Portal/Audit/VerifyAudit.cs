namespace RepoPortal.Portal.Audit;

/// <summary>What came of checking the audit.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Head">The hash of the last one; whoever keeps it elsewhere can tell later whether entries before it were altered or the end was cut off.</param>
/// <param name="BrokenAt">The number of the first entry that does not fit; null when all do.</param>
/// <param name="Reason">What does not fit; null when all does.</param>
internal sealed record AuditVerdict(long Entries, string Head, long? BrokenAt, string? Reason);

/// <summary>Works out every hash of the audit anew.</summary>
internal sealed class VerifyAudit(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<AuditVerdict> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var (count, hash) = (0L, AuditChain.Beginning);
        await foreach (var entry in record.Audit.AsNoTracking().OrderBy(entry => entry.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var reason = Refuse(entry, count, hash);
            if (reason is not null)
                return new AuditVerdict(count, Convert.ToHexStringLower(hash), entry.Id, reason);
            (count, hash) = (count + 1, entry.Hash);
        }

        return new AuditVerdict(count, Convert.ToHexStringLower(hash), null, null);
    }

    private static string? Refuse(AuditEntry entry, long before, byte[] previous) => entry switch
    {
        _ when !entry.PreviousHash.AsSpan().SequenceEqual(previous) =>
            before == 0 ? "entries before it are missing" : "it does not carry the hash of the entry before: one was altered, taken out or put in",
        _ when !AuditChain.HashOf(entry, previous).AsSpan().SequenceEqual(entry.Hash) => "its content is not what its hash was made of: it was altered",
        _ => null,
    };
}
