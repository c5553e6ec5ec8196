using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.Tiers.Edit;

/// <summary>What saving a tier would change, for whom.</summary>
/// <param name="Tier">The tier as it would be.</param>
/// <param name="Changes">What is different; empty for a new tier.</param>
/// <param name="Repositories">How many repositories have the tier.</param>
/// <param name="Broken">Those of them that would no longer be within their promise; null while nothing measures that.</param>
public sealed record TierPreview(Tier Tier, IReadOnlyList<TierChange> Changes, int Repositories, IReadOnlyList<BrokenBy>? Broken);

/// <summary>Changes a tier or makes a new one. What it says holds for every repository that has it, from the save on.</summary>
internal sealed class SaveTier(IDbContextFactory<RecordContext> contexts, IEnumerable<ITierPreview> previews, TimeProvider time)
{
    internal const string Overtaken = "Somebody else has changed this tier in the meantime; look at it anew.";

    /// <summary>Says what <see cref="ChangeAsync"/> or <see cref="CreateAsync"/> would do, and refuses what they would refuse.</summary>
    /// <param name="id">The tier's id.</param>
    /// <param name="version">The version that the draft began with; null for a new tier.</param>
    /// <param name="draft">What is wanted.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<TierPreview>> PreviewAsync(string id, long? version, TierDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(record, id, version, draft.Trimmed(), actor, cancellationToken);
        if (!found.Succeeded(out var pair, out var refusal))
            return refusal;
        var repositories = await record.Repositories.CountAsync(repository => repository.TierId == id, cancellationToken);
        List<BrokenBy>? broken = null;
        foreach (var preview in previews)
            (broken ??= []).AddRange(await preview.FindBrokenByAsync(pair.Proposed, cancellationToken));
        return new TierPreview(pair.Proposed, pair.Present is { } present ? TierChange.Between(present, pair.Proposed) : [], repositories, broken);
    }

    /// <returns>The tier as it is now; refused when a field cannot be taken, somebody else was faster, or the actor is no administrator.</returns>
    internal Task<Outcome<Tier>> ChangeAsync(string id, long version, TierDraft draft, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => SaveAsync(record, id, version, draft.Trimmed(), actor, cancellationToken), cancellationToken);

    /// <returns>The new tier; refused when a field cannot be taken, the id is taken, or the actor is no administrator.</returns>
    internal Task<Outcome<Tier>> CreateAsync(string id, TierDraft draft, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => SaveAsync(record, id, null, draft.Trimmed(), actor, cancellationToken), cancellationToken);

    private async Task<Outcome<Tier>> SaveAsync(RecordContext record, string id, long? version, TierDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        var found = await FindAsync(record, id, version, draft, actor, cancellationToken);
        if (!found.Succeeded(out var pair, out var refusal))
            return refusal;
        var after = TierAudit.Of(pair.Proposed);
        if (pair.Present is not { } tier)
        {
            record.Add(pair.Proposed);
            record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.TierCreated, id, detail: after));
            await record.SaveChangesAsync(cancellationToken);
            return pair.Proposed;
        }

        var before = TierAudit.Of(tier);
        if (before.Equals(after))
            return tier;
        var (isHeldToAnother, isMoved) = (tier.QuotaBytes != draft.QuotaBytes, tier.Order != draft.Order);
        await using var transaction = await record.Database.BeginTransactionAsync(cancellationToken);
        draft.CopyTo(tier);
        tier.Version++;
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.TierChanged, id, detail: new { before, after }));
        await record.SaveChangesAsync(cancellationToken);
        if (isHeldToAnother)
            await RenewQuotasAsync(record, id, cancellationToken);
        if (isMoved)
            await record.Repositories.Where(row => row.TierId == id).ExecuteUpdateAsync(row => row.SetProperty(moved => moved.TierOrder, draft.Order), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return tier;
    }

    /// <summary>The drivers of these repositories bring it to the disks, one after the other.</summary>
    private static Task<int> RenewQuotasAsync(RecordContext record, string id, CancellationToken cancellationToken) =>
        record.Repositories.Where(row => row.TierId == id && !row.HasOwnQuota).ExecuteUpdateAsync(
            row => row.SetProperty(held => held.QuotaPending, true).SetProperty(held => held.QuotaVersion, held => held.QuotaVersion + 1), cancellationToken);

    private static async Task<Outcome<Pair>> FindAsync(
        RecordContext record, string id, long? version, TierDraft draft, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator changes tiers.");
        var present = await record.Tiers.SingleOrDefaultAsync(tier => tier.Id == id, cancellationToken);
        if (version is null && present is not null)
            return Refusal.Conflict($"There is a tier '{id}' already; choose another spelling.", "id");
        if (version is null && TierRules.RefuseId(id) is { } wrong)
            return wrong;
        if (version is not null && present is null)
            return Refusal.NotFound($"There is no tier '{id}'.");
        if (version is { } known && present!.Version != known)
            return Refusal.Conflict(Overtaken);
        if (TierRules.Refuse(draft) is { } refusal)
            return refusal;
        var others = await record.Tiers.AsNoTracking().Where(tier => tier.Id != id).ToListAsync(cancellationToken);
        if (others.Find(tier => tier.Name.Equals(draft.Name, StringComparison.OrdinalIgnoreCase)) is not null)
            return Refusal.Conflict($"There is a tier called '{draft.Name}' already.", "name");
        if (others.Find(tier => tier.Order == draft.Order) is { } there)
            return Refusal.Conflict($"'{there.Name}' has place {draft.Order}; take one that is free.", "order");
        return new Pair(present, draft.ToTier(id));
    }

    private sealed record Pair(Tier? Present, Tier Proposed);
}
