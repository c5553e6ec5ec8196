using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>An owner says that a repository is still needed, on the right tier and with the right people. That ends the question for every owner, for a year.</summary>
internal sealed class ConfirmRepository(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    // The same answer sent twice says nothing new.
    private static readonly TimeSpan Same = TimeSpan.FromMinutes(10);

    internal Task<Outcome<Done>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => ConfirmAsync(record, name, actor, cancellationToken), cancellationToken);

    private async Task<Outcome<Done>> ConfirmAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "say that it is still needed", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (ConfirmationQueries.RefuseAsking(repository) is { } nothing)
            return nothing;
        var now = time.GetUtcNow();
        var confirmation = await record.ConfirmationAsync(repository.Id, cancellationToken);
        if (confirmation.AskedAt is null && confirmation.ConfirmedAt > now - Same)
            return Done.Instance;
        var askedAt = confirmation.AskedAt;
        confirmation.Confirm(actor.Label, now);
        record.Add(AuditEntry.Of(now, actor, AuditAction.RepositoryConfirmed, repository.Name.Value, repository.Id, new { askedAt, tier = repository.TierId, people = repository.MemberCount }));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }
}
