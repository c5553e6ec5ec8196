using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.Administer;

/// <summary>Takes away, or gives back, everything somebody may do: sessions and tokens end with the next request, grants stay for the day of return.</summary>
internal sealed class SuspendUser(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal Task<Outcome<PersonView>> SuspendAsync(string? name, Actor actor, CancellationToken cancellationToken) =>
        ExecuteAsync(name, UserStatus.Suspended, actor, cancellationToken);

    internal Task<Outcome<PersonView>> ResumeAsync(string? name, Actor actor, CancellationToken cancellationToken) =>
        ExecuteAsync(name, UserStatus.Active, actor, cancellationToken);

    private async Task<Outcome<PersonView>> ExecuteAsync(string? name, UserStatus status, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator suspends people.");
        if (!UserName.TryParse(name, out var parsed, out _))
            return Refusal.NotFound($"There is nobody called '{name}' here.");
        if (parsed == actor.Name)
            return Refusal.Conflict("You would lock yourself out; another administrator can suspend you.");
        var changed = await contexts.UndisturbedAsync(record => ChangeAsync(record, parsed, status, actor, cancellationToken), cancellationToken);
        if (changed.Refusal is null)
            await changes.PublishAsync(parsed);
        return changed;
    }

    private async Task<Outcome<PersonView>> ChangeAsync(
        RecordContext record, UserName name, UserStatus status, Actor actor, CancellationToken cancellationToken)
    {
        if (await record.Users.WithName(name).SingleOrDefaultAsync(cancellationToken) is not { } user)
            return Refusal.NotFound($"There is nobody called '{name}' here.");
        if (user.Status == status)
            return PersonView.Of(user);
        user.Status = status;
        await record.EndSessionsAsync(user.Id, except: null, time.GetUtcNow(), cancellationToken);
        user.SecurityStamp = Accounts.NewSecurityStamp();
        user.ConcurrencyStamp = Accounts.NewSecurityStamp();
        var action = status == UserStatus.Suspended ? AuditAction.UserSuspended : AuditAction.UserResumed;
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, action, name.Value));
        await record.SaveChangesAsync(cancellationToken);
        return PersonView.Of(user);
    }
}
