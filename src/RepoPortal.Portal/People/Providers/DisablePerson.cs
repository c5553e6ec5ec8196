using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.Providers;

/// <summary>
/// Takes note that a provider does not know somebody any more: sessions and tokens end with it, everywhere within a second, and what they were granted stays for
/// their return. They come back by signing in through the provider again (<see cref="FollowProvider"/>), or when an administrator resumes them.
/// </summary>
internal sealed class DisablePerson(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    /// <param name="provider">The provider's key.</param>
    /// <param name="subject">Who they were there.</param>
    /// <param name="reason">What the provider said, or that it said nothing for too long.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task ExecuteAsync(string provider, string subject, string reason, CancellationToken cancellationToken)
    {
        var disabled = await contexts.UndisturbedAsync(record => DisableAsync(record, provider, subject, reason, cancellationToken), cancellationToken);
        if (disabled is { } name)
            await changes.PublishAsync(name);
    }

    private async Task<UserName?> DisableAsync(RecordContext record, string provider, string subject, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var identity = await record.ExternalIdentities.Include(row => row.User)
            .SingleOrDefaultAsync(row => row.Provider == provider && row.Subject == subject && row.DisabledAt == null, cancellationToken);
        if (identity is null)
            return null;
        (identity.DisabledAt, identity.ProtectedRefreshToken) = (now, null);
        var user = identity.User;
        if (user.Status == UserStatus.Active)
            user.Status = UserStatus.Disabled;
        (user.SecurityStamp, user.ConcurrencyStamp) = (Accounts.NewSecurityStamp(), Accounts.NewSecurityStamp());
        await record.EndSessionsAsync(user.Id, except: null, now, cancellationToken);
        record.Add(AuditEntry.Of(now, Actor.System, AuditAction.UserDisabled, user.UserName!, detail: new { provider, reason }));
        await record.SaveChangesAsync(cancellationToken);
        return user.Name;
    }
}
