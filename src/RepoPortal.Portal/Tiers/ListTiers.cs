namespace RepoPortal.Portal.Tiers;

/// <summary>A tier and how many repositories have it.</summary>
public sealed record TierUse(Tier Tier, int Repositories);

/// <summary>Lists the tiers, the weakest promise first.</summary>
internal sealed class ListTiers(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<IReadOnlyList<Tier>> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Tiers.OrderBy(tier => tier.Order).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>The same with how many repositories each has.</summary>
    internal async Task<IReadOnlyList<TierUse>> CountAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await record.Repositories.GroupBy(repository => repository.TierId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, cancellationToken);
        return [.. (await ExecuteAsync(cancellationToken)).Select(tier => new TierUse(tier, counts.GetValueOrDefault(tier.Id)))];
    }
}
