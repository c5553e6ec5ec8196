using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Passkeys;

/// <summary>Takes one of one's own passkeys away; it opens nothing any more.</summary>
internal sealed class RemovePasskey(RecordContext record, UserManager<User> users, TimeProvider time)
{
    /// <param name="id">The credential's id in base64url.</param>
    /// <param name="actor">Whose it is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> ExecuteAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        var user = await record.Users.SingleAsync(candidate => candidate.Id == actor.UserId, cancellationToken);
        var credential = WebEncoders.Base64UrlDecode(id);
        if (await users.GetPasskeyAsync(user, credential) is not { } passkey)
            return Refusal.NotFound("There is no such passkey, or it is removed already.");
        if (user.PasswordHash is null && (await users.GetPasskeysAsync(user)).Count == 1
            && !await record.ExternalIdentities.AnyAsync(identity => identity.UserId == user.Id, cancellationToken))
        {
            return Refusal.Conflict("Without this passkey you could not sign in any more; choose a password first.");
        }

        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.PasskeyRemoved, user.UserName!, detail: new { name = passkey.Name }));
        await users.RemovePasskeyAsync(user, credential);
        return Done.Instance;
    }
}
