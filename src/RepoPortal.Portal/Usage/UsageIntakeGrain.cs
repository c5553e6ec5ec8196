using RepoPortal.Contracts.Usage;

namespace RepoPortal.Portal.Usage;

/// <summary>Takes what the gateways counted, one batch after the other.</summary>
internal sealed class UsageIntakeGrain(IDbContextFactory<RecordContext> contexts, TimeProvider time) : Grain, IUsageIntake
{
    public async Task Add(UsageBatch batch)
    {
        // Tokens first: to note a token's use twice changes nothing, to add a count twice does. So whatever fails, fails before the counts are saved.
        if (batch.Tokens.Length > 0)
            await contexts.UndisturbedAsync(record => TokenUses.SaveAsync(record, batch.Tokens, time.GetUtcNow(), CancellationToken.None), CancellationToken.None);
        if (batch.Uses.Length == 0)
            return;
        await using var record = await contexts.CreateDbContextAsync();
        await UsageUpsert.AddAsync(record, batch.Uses, CancellationToken.None);
    }
}
