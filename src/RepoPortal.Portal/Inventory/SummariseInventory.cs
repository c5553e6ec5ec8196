namespace RepoPortal.Portal.Inventory;

/// <summary>The inventory in five numbers.</summary>
/// <param name="Repositories">How many there are.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="SizeBytes">Everything stored for them.</param>
/// <param name="Nodes">How many storage nodes there are.</param>
/// <param name="ExternalPeople">How many people are external.</param>
public sealed record InventorySummary(long Repositories, long Failed, long SizeBytes, int Nodes, int ExternalPeople);

/// <summary>Sums up all repositories; for administrators. Of a large installation it may be some seconds old, since every row has to be read for it.</summary>
internal sealed class SummariseInventory(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    private const long Large = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private Kept? _kept;

    internal async Task<Outcome<InventorySummary>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees the inventory.");
        if (_kept is { } kept && time.GetElapsedTime(kept.At) < KeptFor)
            return kept.Summary;
        var summary = await ReadAsync(cancellationToken);
        _kept = summary.Repositories >= Large ? new Kept(summary, time.GetTimestamp()) : null;
        return summary;
    }

    private async Task<InventorySummary> ReadAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return new InventorySummary(
            await record.Repositories.LongCountAsync(cancellationToken),
            await record.Repositories.LongCountAsync(row => row.State == RepositoryState.Failed, cancellationToken),
            await record.Repositories.SumAsync(row => row.SizeBytes, cancellationToken),
            await record.Nodes.CountAsync(cancellationToken),
            await record.Users.CountAsync(user => user.Kind == UserKind.External, cancellationToken));
    }

    private sealed record Kept(InventorySummary Summary, long At);
}
