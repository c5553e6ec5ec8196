using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>An administrator has the owners of a repository asked now, without waiting for the year to be over.</summary>
internal sealed class AskForConfirmation(IDbContextFactory<RecordContext> contexts, Outbox outbox, PublicAddress address, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var asked = await contexts.UndisturbedAsync(record => AskAsync(record, name, actor, cancellationToken), cancellationToken);
        outbox.Wake();
        return asked;
    }

    /// <summary>What it would be refused with; nothing comes of it.</summary>
    internal async Task<Refusal?> RehearseAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        (await contexts.RehearseAsync(record => AskAsync(record, name, actor, cancellationToken), cancellationToken)).Refusal;

    private async Task<Outcome<Done>> AskAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator has owners asked before the year is over.");
        var found = await record.FindManagedAsync(name, actor, "have its owners asked", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (ConfirmationQueries.RefuseAsking(repository) is { } nothing)
            return nothing;
        var confirmation = await record.ConfirmationAsync(repository.Id, cancellationToken);
        if (confirmation.AskedAt is not null)
            return Done.Instance;
        var now = time.GetUtcNow();
        confirmation.Ask(now);
        record.Add(AuditEntry.Of(now, actor, AuditAction.ConfirmationAsked, repository.Name.Value, repository.Id, new { time = confirmation.Times }));
        foreach (var owner in OwnerRules.Owners(repository, now).Where(owner => owner.Email is not null && owner.IsActive(now)))
            outbox.Add(record, new ConfirmationMail(address.Root).ToOwner(owner, confirmation.Times, [repository.Name]));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }
}
