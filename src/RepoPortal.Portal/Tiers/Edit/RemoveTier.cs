using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Tiers.Edit;

/// <summary>Removes a tier that no repository has and nobody has asked for.</summary>
internal sealed class RemoveTier(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <param name="id">The tier's id.</param>
    /// <param name="version">The version that the one who asks has seen.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> ExecuteAsync(string id, long version, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator removes tiers.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var tiers = await record.Tiers.ToListAsync(cancellationToken);
        if (tiers.Find(tier => tier.Id == id) is not { } tier)
            return Refusal.NotFound($"There is no tier '{id}'.");
        if (tier.Version != version)
            return Refusal.Conflict(SaveTier.Overtaken);
        if (tiers.Count == 1)
            return Refusal.Conflict("This is the only tier; make another one first.");
        if (await record.TierRequests.AnyAsync(request => request.ToTier == id && request.State == TierRequestState.Open, cancellationToken))
            return Refusal.Conflict($"Somebody has asked for '{tier.Name}'; decide about that first.");
        if (await record.Repositories.CountAsync(repository => repository.TierId == id, cancellationToken) is > 0 and var count)
            return Refusal.Conflict(InUse(tier, count));
        record.Remove(tier);
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.TierRemoved, id, detail: TierAudit.Of(tier)));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict(SaveTier.Overtaken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // The foreign key decides: a repository was made with it in the meantime.
            if (await CountUsesAsync(id, cancellationToken) is > 0 and var used)
                return Refusal.Conflict(InUse(tier, used));
            throw;
        }

        return Done.Instance;
    }

    private async Task<int> CountUsesAsync(string id, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Repositories.CountAsync(repository => repository.TierId == id, cancellationToken);
    }

    private static string InUse(Tier tier, int count) =>
        $"{(count == 1 ? "A repository has" : $"{count} repositories have")} the tier '{tier.Name}'; move {(count == 1 ? "it" : "them")} to another one first.";
}
