using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Groups;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Takes over what a provider says about somebody it has just vouched for: that they are still there, and a changed name, address or group.</summary>
internal sealed class FollowProvider(
    IDbContextFactory<RecordContext> contexts,
    SignInProviders providers,
    ProvidedGroups groups,
    RefreshTokens tokens,
    GroupPublication publication,
    AccessChanges changes,
    TimeProvider time)
{
    /// <summary>Whose account the identity is joined to; null when none is.</summary>
    internal async Task<Guid?> FindOwnerAsync(ProvidedIdentity said, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.ExternalIdentities.Where(row => row.Provider == said.Provider && row.Subject == said.Subject)
            .Select(row => (Guid?)row.UserId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <param name="said">What the provider says.</param>
    /// <param name="refreshToken">By which it can be asked again; null when it gave no new one.</param>
    /// <param name="isSignIn">Whether the person is there, and not only asked about.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The person; null when no account is joined to the identity.</returns>
    internal async Task<User?> ExecuteAsync(ProvidedIdentity said, string? refreshToken, bool isSignIn, CancellationToken cancellationToken)
    {
        var followed = await contexts.UndisturbedAsync(record => FollowAsync(record, said, refreshToken, isSignIn, cancellationToken), cancellationToken);
        if (followed is null)
            return null;
        await publication.PublishAsync(followed.Touched);
        if (followed.IsBack)
            await changes.PublishAsync(followed.User.Name);
        return followed.User;
    }

    private async Task<Followed?> FollowAsync(RecordContext record, ProvidedIdentity said, string? refreshToken, bool isSignIn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var identity = await record.ExternalIdentities.Include(row => row.User)
            .SingleOrDefaultAsync(row => row.Provider == said.Provider && row.Subject == said.Subject, cancellationToken);
        if (identity is null)
            return null;
        var user = identity.User;
        var before = new { user.DisplayName, user.Email };
        await TakeOverAsync(record, identity, said, cancellationToken);
        if (before.DisplayName != user.DisplayName || before.Email != user.Email)
        {
            user.ConcurrencyStamp = Accounts.NewSecurityStamp();
            record.Add(AuditEntry.Of(
                now, Actor.System, AuditAction.UserChanged, user.UserName!, detail: new { before, after = new { user.DisplayName, user.Email } }));
        }

        (identity.ConfirmedAt, identity.CheckedAt) = (now, now);
        if (isSignIn)
            identity.LastSignInAt = now;
        if (refreshToken is not null)
            identity.ProtectedRefreshToken = tokens.Protect(refreshToken);
        var isBack = await ReturnAsync(record, identity, user, now, cancellationToken);
        var touched = await groups.ApplyAsync(record, providers.Find(said.Provider)!, user, said.Groups, cancellationToken);
        await record.SaveChangesAsync(cancellationToken);
        return new Followed(user, touched, isBack);
    }

    /// <summary>
    /// A name and an address follow while the account has what the provider told before: what somebody has changed here since then stays. An address counts only
    /// when the provider has verified it and no other account has it.
    /// </summary>
    private static async Task TakeOverAsync(RecordContext record, ExternalIdentity identity, ProvidedIdentity said, CancellationToken cancellationToken)
    {
        var user = identity.User;
        if (said.Name is { } name && name != identity.Name && PlainText.Refuse(name, "", User.MaxDisplayNameLength) is null)
        {
            if (user.DisplayName == identity.Name)
                user.DisplayName = name;
            identity.Name = name;
        }

        if (said.VerifiedEmail is not { } email || email.Value == identity.Email)
            return;
        var follows = identity.Email is { } told && user.NormalizedEmail == UserQueries.Normalize(told);
        if (follows && !await record.Users.WithEmail(email).AnyAsync(other => other.Id != user.Id, cancellationToken))
            (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (email.Value, email.Normalized, true);
        identity.Email = email.Value;
    }

    /// <summary>Somebody whom the provider did not know any more is there again.</summary>
    private static async Task<bool> ReturnAsync(
        RecordContext record, ExternalIdentity identity, User user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (identity.DisabledAt is null)
            return false;
        identity.DisabledAt = null;
        if (user.Status != UserStatus.Disabled
            || await record.ExternalIdentities.AnyAsync(
                other => other.UserId == user.Id && other.DisabledAt != null && (other.Provider != identity.Provider || other.Subject != identity.Subject), cancellationToken))
        {
            return false;
        }

        (user.Status, user.ConcurrencyStamp) = (UserStatus.Active, Accounts.NewSecurityStamp());
        record.Add(AuditEntry.Of(now, Actor.System, AuditAction.UserResumed, user.UserName!, detail: new { provider = identity.Provider }));
        return true;
    }

    private sealed record Followed(User User, TouchedRepositories Touched, bool IsBack);
}
