using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.SecondFactor;

/// <summary>How somebody's account is secured.</summary>
/// <param name="HasPassword">Whether there is a password.</param>
/// <param name="HasAuthenticator">Whether a code is asked for after the password.</param>
/// <param name="RecoveryCodes">How many recovery codes are left.</param>
/// <param name="Passkeys">The passkeys, the newest first.</param>
/// <param name="MayHavePassword">Whether accounts like this one sign in here, and not through a provider only.</param>
/// <param name="Identities">Who they are at sign-in providers.</param>
public sealed record SecurityView(
    bool HasPassword, bool HasAuthenticator, int RecoveryCodes, IReadOnlyList<UserPasskeyInfo> Passkeys, bool MayHavePassword, IReadOnlyList<ExternalIdentity> Identities);

/// <summary>Shows how one's own account is secured.</summary>
internal sealed class ViewSecurity(RecordContext record, UserManager<User> users, RecoveryCodes recovery)
{
    internal async Task<SecurityView> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        var user = await record.Users.SingleAsync(candidate => candidate.Id == actor.UserId, cancellationToken);
        var passkeys = await users.GetPasskeysAsync(user);
        var policy = await record.PolicyAsync(cancellationToken);
        return new SecurityView(
            user.PasswordHash is not null,
            user.TwoFactorEnabled,
            await recovery.CountAsync(user),
            [.. passkeys.OrderByDescending(passkey => passkey.CreatedAt)],
            policy.AllowsLocalAccount(user.Kind),
            await record.ExternalIdentities.AsNoTracking().Where(identity => identity.UserId == user.Id).OrderBy(identity => identity.LinkedAt).ToListAsync(cancellationToken));
    }
}
