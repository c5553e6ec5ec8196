using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Lets a collaborator from elsewhere create repositories, or no longer; for administrators.</summary>
internal sealed class AllowCreation(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal Task<Outcome<PersonView>> ExecuteAsync(string name, bool allowed, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => AllowAsync(record, name, allowed, actor, cancellationToken), cancellationToken);

    private async Task<Outcome<PersonView>> AllowAsync(RecordContext record, string name, bool allowed, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator decides who creates repositories.");
        if (!(await record.FindCollaboratorAsync(name, actor, time.GetUtcNow(), cancellationToken)).Succeeded(out var user, out var refusal))
            return refusal;
        (user.MayCreateRepositories, user.ConcurrencyStamp) = (allowed, Accounts.NewSecurityStamp());
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.UserChanged, name, detail: new { mayCreateRepositories = allowed }));
        await record.SaveChangesAsync(cancellationToken);
        return PersonView.Of(user);
    }
}
