namespace RepoPortal.Portal.Inventory;

/// <summary>The inventory in five numbers.</summary>
/// <param name="Repositories">How many there are.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="SizeBytes">Everything stored for them.</param>
/// <param name="Nodes">How many storage nodes there are.</param>
/// <param name="ExternalPeople">How many people are external.</param>
public sealed record InventorySummary(long Repositories, long Failed, long SizeBytes, int Nodes, int ExternalPeople);

/// <summary>Sums up all repositories; for administrators.</summary>
internal sealed class SummariseInventory(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<Outcome<InventorySummary>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees the inventory.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return new InventorySummary(
            await record.Repositories.LongCountAsync(cancellationToken),
            await record.Repositories.LongCountAsync(row => row.State == RepositoryState.Failed, cancellationToken),
            await record.Repositories.SumAsync(row => row.SizeBytes, cancellationToken),
            await record.Nodes.CountAsync(cancellationToken),
            await record.Users.CountAsync(user => user.Kind == UserKind.External, cancellationToken));
    }
}
