using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>Approves or declines a request, for administrators; withdraws it, for owners.</summary>
internal sealed class DecideTierRequest(
    IDbContextFactory<RecordContext> contexts, Drivers drivers, Outbox outbox, TierRequestMail mail, TimeProvider time)
{
    /// <summary>Puts the repository on the tier that was asked for.</summary>
    /// <param name="id">The request.</param>
    /// <param name="sentence">What the owners are told; may be empty.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task<Outcome<TierRequestView>> ApproveAsync(Guid id, string? sentence, Actor actor, CancellationToken cancellationToken) =>
        DecideAsync(id, TierRequestState.Approved, sentence, actor, cancellationToken);

    /// <summary>Leaves the repository as it is. The owners are told why.</summary>
    internal Task<Outcome<TierRequestView>> DeclineAsync(Guid id, string? sentence, Actor actor, CancellationToken cancellationToken) =>
        DecideAsync(id, TierRequestState.Declined, sentence, actor, cancellationToken);

    /// <summary>Takes a request of a repository back.</summary>
    internal async Task<Outcome<TierRequestView>> WithdrawAsync(string name, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var withdrawn = await contexts.UndisturbedAsync(
            async record =>
            {
                var found = await record.FindManagedAsync(name, actor, "withdraw what was asked for", cancellationToken);
                if (!found.Succeeded(out var repository, out var refusal))
                    return refusal;
                if (await record.TierRequests.SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == repository.Id, cancellationToken) is not { } request)
                    return Unknown;
                if (RefuseDecided(request) is { } late)
                    return late;
                End(record, request, repository, TierRequestState.Withdrawn, AuditAction.TierWithdrawn, null, actor);
                await record.SaveChangesAsync(cancellationToken);
                return (Outcome<TierRequest>)request;
            },
            cancellationToken);
        return withdrawn.Refusal is { } no ? no : await TierQueries.ViewAsync(contexts, id, cancellationToken);
    }

    private static Refusal Unknown => Refusal.NotFound("There is no such request.");

    private async Task<Outcome<TierRequestView>> DecideAsync(
        Guid id, TierRequestState state, string? sentence, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator decides about tiers.");
        var said = (sentence ?? "").Trim();
        if (PlainText.Refuse(said, "A reason", TierRequest.MaxReasonLength) is { } wrong)
            return Refusal.Invalid("sentence", wrong);
        if (state == TierRequestState.Declined && said.Length == 0)
            return Refusal.Invalid("sentence", "Say why not; the owners are told.");
        var decided = await contexts.UndisturbedAsync(record => DecideAsync(record, id, state, said, actor, cancellationToken), cancellationToken);
        if (!decided.Succeeded(out var request, out var refusal))
            return refusal;
        outbox.Wake();
        if (state == TierRequestState.Approved)
            await drivers.SettleAsync(request.RepositoryId, cancellationToken);
        return await TierQueries.ViewAsync(contexts, id, cancellationToken);
    }

    private async Task<Outcome<TierRequest>> DecideAsync(
        RecordContext record, Guid id, TierRequestState state, string said, Actor actor, CancellationToken cancellationToken)
    {
        if (await record.TierRequests.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } request)
            return Unknown;
        if (RefuseDecided(request) is { } late)
            return late;
        var repository = await record.Repositories.WithAccess().SingleAsync(row => row.Id == request.RepositoryId, cancellationToken);
        if (await record.Tiers.SingleOrDefaultAsync(row => row.Id == request.ToTier, cancellationToken) is not { } tier)
            return Refusal.Conflict($"There is no tier '{request.ToTier}' any more; decline the request.");
        var isApproved = state == TierRequestState.Approved;
        if (isApproved && TierMove.Refuse(repository, tier) is { } tooLarge)
            return tooLarge with { Field = null };
        End(record, request, repository, state, isApproved ? AuditAction.TierApproved : AuditAction.TierDeclined, said, actor);
        var from = repository.Tier;
        if (isApproved)
            await TierMove.ApplyAsync(record, repository, tier, cancellationToken);
        foreach (var owner in OwnerRules.Owners(repository, time.GetUtcNow()).Where(owner => owner.Email is not null && owner.IsActive(time.GetUtcNow())))
            outbox.Add(record, mail.TellOwner(owner.Email!, repository, from, tier, request));
        await record.SaveChangesAsync(cancellationToken);
        return request;
    }

    private void End(
        RecordContext record, TierRequest request, Repository repository, TierRequestState state, string action, string? said, Actor actor)
    {
        var now = time.GetUtcNow();
        (request.State, request.DecidedBy, request.DecidedAt, request.Sentence) = (state, actor.Label, now, said);
        record.Add(AuditEntry.Of(now, actor, action, repository.Name.Value, repository.Id, new { from = repository.TierId, to = request.ToTier, request.AskedBy, reason = said }));
    }

    private static Refusal? RefuseDecided(TierRequest request) => request.State switch
    {
        TierRequestState.Open => null,
        TierRequestState.Withdrawn => Refusal.Conflict($"The request was withdrawn by '{request.DecidedBy}'."),
        TierRequestState.Declined => Refusal.Conflict($"The request was declined by '{request.DecidedBy}' already."),
        _ => Refusal.Conflict($"The request was approved by '{request.DecidedBy}' already."),
    };
}
