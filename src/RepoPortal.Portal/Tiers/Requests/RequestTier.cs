using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Driver;

namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>Puts a repository on another tier at once when that needs nobody's approval, and asks an administrator otherwise.</summary>
internal sealed class RequestTier(
    IDbContextFactory<RecordContext> contexts, FileTierRequest file, Drivers drivers, Outbox outbox, TimeProvider time)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="tier">The id of the tier that is wanted.</param>
    /// <param name="reason">Why; needed when an administrator has to decide.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<TierRequestView>> ExecuteAsync(string name, string? tier, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        var why = (reason ?? "").Trim();
        if (PlainText.Refuse(why, "A reason", TierRequest.MaxReasonLength) is { } sentence)
            return Refusal.Invalid("reason", sentence);
        var asked = await contexts.UndisturbedAsync(record => AskAsync(record, name, tier ?? "", why, actor, cancellationToken), cancellationToken);
        if (!asked.Succeeded(out var request, out var refusal))
            return refusal;
        outbox.Wake();
        if (request.State != TierRequestState.Open)
            await drivers.SettleAsync(request.RepositoryId, cancellationToken);
        return await TierQueries.ViewAsync(contexts, request.Id, cancellationToken);
    }

    /// <summary>What it would be refused with; nothing comes of it.</summary>
    internal async Task<Refusal?> RehearseAsync(string name, string? tier, string reason, Actor actor, CancellationToken cancellationToken) =>
        (await contexts.RehearseAsync(record => AskAsync(record, name, tier ?? "", reason, actor, cancellationToken), cancellationToken)).Refusal;

    private async Task<Outcome<TierRequest>> AskAsync(
        RecordContext record, string name, string id, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "choose its tier", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var tiers = await record.Tiers.OrderBy(candidate => candidate.Order).ToListAsync(cancellationToken);
        if (tiers.Find(candidate => candidate.Id == id) is not { } tier)
            return TierQueries.RefuseUnknown(id, tiers);
        if (repository.TierId == tier.Id)
            return Refusal.Conflict($"'{repository.Name}' has the tier '{tier.Name}' already.", "tier");
        if (await record.TierRequests.AsNoTracking().SingleOrDefaultAsync(
            request => request.RepositoryId == repository.Id && request.State == TierRequestState.Open, cancellationToken) is { } open)
        {
            return Refusal.Conflict(
                $"'{open.AskedBy}' has asked for the tier '{TierRequestView.Of(open, repository.Name, tiers).ToName}', which is not decided yet; withdraw that first.", "tier");
        }

        if (tier.ChosenBy == TierChoosers.Administrators && !actor.IsAdministrator)
            return Refusal.Forbidden($"Only administrators put repositories on the tier '{tier.Name}'; ask one.");
        if (TierMove.Refuse(repository, tier) is { } tooLarge)
            return tooLarge;
        if (!tier.IsFreeFor(actor) && reason.Length == 0)
            return Refusal.Invalid("reason", $"Say why: an administrator decides about the tier '{tier.Name}'.");

        var request = tier.IsFreeFor(actor)
            ? await MoveAsync(record, repository, tier, reason, actor, cancellationToken)
            : await file.ExecuteAsync(record, repository, tier, reason, actor, cancellationToken);
        await record.SaveChangesAsync(cancellationToken);
        return request;
    }

    private async Task<TierRequest> MoveAsync(
        RecordContext record, Repository repository, Tier tier, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var request = FileTierRequest.New(repository, tier, reason, actor, now, TierRequestState.Approved);
        (request.DecidedBy, request.DecidedAt) = (actor.Label, now);
        record.Add(request);
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.RepositoryTierChanged, repository.Name.Value, repository.Id, new { before = new { tier = repository.TierId }, after = new { tier = tier.Id } }));
        await TierMove.ApplyAsync(record, repository, tier, cancellationToken);
        return request;
    }
}
