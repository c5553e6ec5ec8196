using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.SecondFactor;

namespace RepoPortal.Portal.People.Passwords;

/// <summary>Makes a link by which somebody chooses a new password, for an administrator to hand over; for people whom mail does not reach.</summary>
internal sealed class IssuePasswordLink(RecordContext record, UserManager<User> users, RecoveryCodes recovery, PublicAddress address, TimeProvider time)
{
    /// <param name="name">Whose password.</param>
    /// <param name="removeSecondFactor">Whether their authenticator app and passkeys are taken away too, because they are lost.</param>
    /// <param name="actor">Who hands it over.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The link, which works once, within three days.</returns>
    internal async Task<Outcome<string>> ExecuteAsync(string? name, bool removeSecondFactor, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator resets somebody's password.");
        if (!UserName.TryParse(name, out var parsed, out _) || await record.Users.WithName(parsed).SingleOrDefaultAsync(cancellationToken) is not { } user)
            return Refusal.NotFound($"There is nobody called '{name}' here.");
        var now = time.GetUtcNow();
        if (!user.IsActive(now) || user.Kind == UserKind.Service)
            return Refusal.Conflict($"'{name}' is not let in, so a password would open nothing.");
        record.Add(AuditEntry.Of(now, actor, AuditAction.PasswordLinkMade, user.UserName!));
        if (removeSecondFactor)
            await RemoveSecondFactorAsync(user, actor, now);
        await record.SaveChangesAsync(cancellationToken);
        return await LinkAsync(user);
    }

    /// <summary>The link for somebody whose account was just made.</summary>
    internal async Task<string> LinkAsync(User user) => address.SetPassword(user.Name, LinkCode.Write(await users.GeneratePasswordResetTokenAsync(user)));

    private async Task RemoveSecondFactorAsync(User user, Actor actor, DateTimeOffset now)
    {
        record.Add(AuditEntry.Of(now, actor, AuditAction.SecondFactorRemoved, user.UserName!));
        foreach (var passkey in await users.GetPasskeysAsync(user))
            await users.RemovePasskeyAsync(user, passkey.CredentialId);
        await users.SetTwoFactorEnabledAsync(user, enabled: false);
        await users.ResetAuthenticatorKeyAsync(user);
        await recovery.RemoveAsync(user);
    }
}
