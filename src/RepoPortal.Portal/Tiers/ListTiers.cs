namespace RepoPortal.Portal.Tiers;

/// <summary>Lists the tiers, the weakest promise first.</summary>
internal sealed class ListTiers(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<IReadOnlyList<Tier>> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Tiers.OrderBy(tier => tier.Order).AsNoTracking().ToListAsync(cancellationToken);
    }
}
