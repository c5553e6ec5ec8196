using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Collaborators;
using RepoPortal.Portal.People.Passwords;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.Add;

/// <summary>An account that was made.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="SetPasswordUrl">Where its owner chooses a password, once, within three days; null when one was given, or when the policy allows none.</param>
public sealed record AddedUser(PersonView Person, string? SetPasswordUrl);

/// <summary>Makes an account for somebody else; for administrators and the command line.</summary>
internal sealed class AddUser(
    IDbContextFactory<RecordContext> contexts, Accounts accounts, IssuePasswordLink links, TimeProvider time)
{
    internal async Task<Outcome<AddedUser>> ExecuteAsync(NewAccount account, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator adds people.");
        if (!(await accounts.PrepareAsync(account)).Succeeded(out var user, out var refusal))
            return refusal;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var isLocal = (await record.PolicyAsync(cancellationToken)).AllowsLocalAccount(user.Kind);
        if (user.PasswordHash is not null && !isLocal)
            return Refusal.Invalid("password", "The policy allows no password for this account; add it without one, and its owner signs in through a provider.");
        if (user.Kind == UserKind.External)
        {
            user.SponsorId = actor.UserId;
            ExternalTerm.Begin(user, ExternalTerm.EndOf(await record.PolicyAsync(cancellationToken), time.GetUtcNow()), time.GetUtcNow());
        }

        record.Add(user);
        record.Add(AuditEntry.Of(
            time.GetUtcNow(), actor, AuditAction.UserAdded, user.UserName!, detail: new { kind = Spelling.Of(user.Kind), user.IsAdministrator }));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return await Accounts.RefuseTakenAsync(record, user, cancellationToken);
        }

        return new AddedUser(PersonView.Of(user), user.PasswordHash is null && isLocal ? await links.LinkAsync(user) : null);
    }
}
