using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Lets a collaborator in for another term, with the grants they have or had; for their sponsor, owners of repositories they can reach, and administrators.</summary>
internal sealed class RenewCollaborator(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    /// <param name="name">The collaborator's user name.</param>
    /// <param name="until">When the term ends, in UTC; null: the usual term from now on.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>When the new term ends.</returns>
    internal async Task<Outcome<DateTimeOffset>> ExecuteAsync(string name, DateTimeOffset? until, Actor actor, CancellationToken cancellationToken)
    {
        var renewed = await contexts.UndisturbedAsync(record => RenewAsync(record, name, until, actor, cancellationToken), cancellationToken);
        if (renewed.Refusal is null)
            await changes.PublishAsync(UserName.Parse(name));
        return renewed;
    }

    private async Task<Outcome<DateTimeOffset>> RenewAsync(
        RecordContext record, string name, DateTimeOffset? until, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!(await record.FindCollaboratorAsync(name, actor, now, cancellationToken)).Succeeded(out var user, out var refusal))
            return refusal;
        var policy = await record.PolicyAsync(cancellationToken);
        var end = until ?? ExternalTerm.EndOf(policy, now);
        // A day given means its end, which lies less than a day beyond the limit.
        if (end > now.AddDays(policy.ExternalMaxDays + 1))
            return Refusal.Invalid("endsAt", $"A collaborator is let in for at most {policy.ExternalMaxDays} days at a time.");
        if (end <= now)
            return Refusal.Invalid("endsAt", "The end lies in the past; choose a date to come.");
        ExternalTerm.Begin(user, end, now);
        record.Add(AuditEntry.Of(now, actor, AuditAction.CollaboratorRenewed, name, detail: new { endsAt = end }));
        await record.SaveChangesAsync(cancellationToken);
        return end;
    }
}
