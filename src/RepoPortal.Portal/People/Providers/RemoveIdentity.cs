using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Takes a provider off an account again.</summary>
internal sealed class RemoveIdentity(
    IDbContextFactory<RecordContext> contexts, ProvidedGroups groups, SignInProviders providers, GroupPublication publication, AccessChanges changes, TimeProvider time)
{
    /// <summary>For people themselves, unless it is the only way in; and for administrators.</summary>
    /// <param name="user">The user name of whoever it is taken off.</param>
    /// <param name="provider">The provider's key.</param>
    /// <param name="present">The session that this is done in, which goes on; others that began by the provider end.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> ExecuteAsync(string user, string provider, Guid? present, Actor actor, CancellationToken cancellationToken)
    {
        var removed = await contexts.UndisturbedAsync(record => RemoveAsync(record, user, provider, present, actor, cancellationToken), cancellationToken);
        if (!removed.Succeeded(out var touched, out var refusal))
            return refusal;
        await publication.PublishAsync(touched);
        await changes.PublishAsync(UserName.Parse(user));
        return Done.Instance;
    }

    private async Task<Outcome<TouchedRepositories>> RemoveAsync(
        RecordContext record, string name, string provider, Guid? present, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator && actor.Label != name)
            return Refusal.Forbidden("Only an administrator takes a provider off somebody else's account.");
        if (!UserName.TryParse(name, out var parsed, out _)
            || await record.ExternalIdentities.Include(row => row.User).Where(row => row.Provider == provider && row.User.UserName == parsed.Value).ToListAsync(cancellationToken)
                is not { Count: > 0 } identities)
        {
            return Refusal.NotFound($"'{name}' does not sign in through '{provider}'.");
        }

        var person = identities[0].User;
        if (actor.UserId == person.Id && !await OtherWays.HasAsync(record, person, except: provider, cancellationToken))
            return Refusal.Conflict("Without it you could not sign in any more; choose a password or add a passkey first.");
        var now = time.GetUtcNow();
        record.RemoveRange(identities);
        // Somebody whom that provider disabled is let in again by whoever takes it off.
        if (person.Status == UserStatus.Disabled)
            (person.Status, person.ConcurrencyStamp) = (UserStatus.Active, Accounts.NewSecurityStamp());
        foreach (var session in await record.Sessions.Open(person.Id, now).Where(session => session.Method == provider && session.Id != present).ToListAsync(cancellationToken))
            session.EndedAt = now;
        var touched = providers.Find(provider) is { } known ? await groups.ApplyAsync(record, known, person, [], cancellationToken) : TouchedRepositories.None;
        record.Add(AuditEntry.Of(now, actor, AuditAction.IdentityRemoved, person.UserName!, detail: new { provider }));
        await record.SaveChangesAsync(cancellationToken);
        return touched;
    }
}
