using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>What came of a proposal that was taken.</summary>
/// <param name="Request">The change of tiers, done or asked for; null when the repository was archived.</param>
public sealed record TakenProposal(TierRequestView? Request);

/// <summary>What owners and administrators do about a proposal: take it, decline it, or have it brought up again.</summary>
internal sealed class AnswerDrift(IDbContextFactory<RecordContext> contexts, RequestTier request, ArchiveRepository archive, TimeProvider time)
{
    internal const int RemindAfterDays = 30;

    /// <summary>Puts the repository on the tier that is proposed, or asks for it where an administrator must approve; or archives it.</summary>
    internal async Task<Outcome<TakenProposal>> AcceptAsync(string name, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(record, name, id, actor, cancellationToken);
        if (!found.Succeeded(out var asked, out var refusal))
            return refusal;
        // First the change: that it was taken is true only then, and a change at once ends the proposal by itself.
        if (!(await TakeAsync(name, asked.Proposal, actor, cancellationToken)).Succeeded(out var done, out var refused))
            return refused;
        await contexts.UndisturbedAsync(
            async again =>
            {
                var proposal = await again.DriftProposals.SingleAsync(row => row.Id == id, cancellationToken);
                return await SaveAsync(again, proposal, asked.Repository, DriftState.Accepted, AuditAction.DriftAccepted, null, actor, cancellationToken);
            },
            cancellationToken);
        return done;
    }

    private async Task<Outcome<TakenProposal>> TakeAsync(string name, DriftProposal proposal, Actor actor, CancellationToken cancellationToken)
    {
        if (proposal.IsArchiving)
            return (await archive.ArchiveAsync(name, actor, cancellationToken)).Refusal is { } kept ? kept : new TakenProposal(Request: null);
        var requested = await request.ExecuteAsync(name, proposal.ToTier, Cut(proposal.Sentence), actor, cancellationToken);
        return requested.Succeeded(out var done, out var refusal) ? new TakenProposal(done) : refusal;
    }

    /// <summary>Says that the present tier is enough, or the repository still needed, and why: not brought up again for a year, or until what was measured has doubled.</summary>
    internal async Task<Outcome<Done>> DeclineAsync(string name, Guid id, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        var why = (reason ?? "").Trim();
        if (why.Length == 0)
            return Refusal.Invalid("reason", "Say why it is to stay as it is; administrators read it.");
        if (PlainText.Refuse(why, "A reason", DriftProposal.MaxReasonLength) is { } sentence)
            return Refusal.Invalid("reason", sentence);
        return await AnswerAsync(name, id, DriftState.Declined, AuditAction.DriftDeclined, why, actor, cancellationToken);
    }

    /// <summary>Has it brought up again in thirty days, if it still holds.</summary>
    internal Task<Outcome<Done>> RemindAsync(string name, Guid id, Actor actor, CancellationToken cancellationToken) =>
        AnswerAsync(name, id, DriftState.Postponed, AuditAction.DriftPostponed, null, actor, cancellationToken);

    private Task<Outcome<Done>> AnswerAsync(
        string name, Guid id, DriftState state, string action, string? reason, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(
            async record =>
            {
                var found = await FindAsync(record, name, id, actor, cancellationToken);
                return found.Succeeded(out var asked, out var refusal)
                    ? await SaveAsync(record, asked.Proposal, asked.Repository, state, action, reason, actor, cancellationToken)
                    : refusal;
            },
            cancellationToken);

    private static async Task<Outcome<Asked>> FindAsync(RecordContext record, string name, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.ReadManagedAsync(name, actor, "answer what is proposed for it", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (await record.DriftProposals.SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == repository.Id, cancellationToken) is not { } proposal)
            return Refusal.NotFound("There is no such proposal.");
        return proposal.State is DriftState.Open or DriftState.Postponed
            ? new Asked(proposal, repository)
            : Refusal.Conflict(proposal.AnsweredBy is { } who && proposal.State != DriftState.Over
                ? $"'{who}' has answered this already."
                : "This is over: it does not hold any more, or something was changed.");
    }

    private async Task<Outcome<Done>> SaveAsync(
        RecordContext record, DriftProposal proposal, Repository repository, DriftState state, string action, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        (proposal.State, proposal.AnsweredBy, proposal.AnsweredAt, proposal.Reason) = (state, actor.Label, now, reason);
        proposal.RemindAt = state == DriftState.Postponed ? now.AddDays(RemindAfterDays) : null;
        record.Add(AuditEntry.Of(now, actor, action, repository.Name.Value, repository.Id, new { from = proposal.FromTier, to = proposal.ToTier, reason, remindAt = proposal.RemindAt }));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }

    private static string Cut(string sentence) => sentence.Length <= TierRequest.MaxReasonLength ? sentence : string.Concat(sentence.AsSpan(0, TierRequest.MaxReasonLength - 1), "…");

    private sealed record Asked(DriftProposal Proposal, Repository Repository);
}
