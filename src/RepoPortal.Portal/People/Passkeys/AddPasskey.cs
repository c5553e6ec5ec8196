using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.Passkeys;

/// <summary>Takes a passkey that the browser just made for whoever is signed in.</summary>
internal sealed class AddPasskey(RecordContext record, UserManager<User> users, SignInManager<User> manager, BeginSession begin, TimeProvider time)
{
    internal const int MaxNameLength = 60;
    internal const int MostPerUser = 20;

    /// <summary>What the browser needs to make one, as JSON. A cookie remembers the challenge.</summary>
    internal async Task<string> OptionsAsync(Actor actor, CancellationToken cancellationToken)
    {
        var user = await FindAsync(actor, cancellationToken);
        return await manager.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.UserName!, DisplayName = user.DisplayName });
    }

    /// <param name="credential">What the browser made, as JSON.</param>
    /// <param name="name">What its owner calls it; empty: "passkey".</param>
    /// <param name="beginAnew">Whether a session that was begun by password alone is to count as one by passkey from now on.</param>
    /// <param name="actor">Whose it becomes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> ExecuteAsync(string? credential, string? name, bool beginAnew, Actor actor, CancellationToken cancellationToken)
    {
        var label = name?.Trim() is { Length: > 0 } given ? given : "passkey";
        if (PlainText.Refuse(label, "A name", MaxNameLength) is { } sentence)
            return Refusal.Invalid("passkeyName", sentence);
        if (string.IsNullOrEmpty(credential))
            return Refusal.Invalid("passkeyName", "The browser made no passkey. This needs a script, and a browser that knows passkeys.");
        var user = await FindAsync(actor, cancellationToken);
        if ((await users.GetPasskeysAsync(user)).Count >= MostPerUser)
            return Refusal.Conflict($"There are {MostPerUser} passkeys already; remove one that is no longer used.");
        var attestation = await manager.PerformPasskeyAttestationAsync(credential);
        if (!attestation.Succeeded || attestation.UserEntity.Id != user.Id.ToString())
            return Refusal.Invalid("passkeyName", "The passkey could not be taken; it may have come too late. Try again.");
        attestation.Passkey.Name = label;
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.PasskeyAdded, user.UserName!, detail: new { name = label }));
        var added = await users.AddOrUpdatePasskeyAsync(user, attestation.Passkey);
        if (!added.Succeeded)
            return Refusal.Conflict("The account was changed meanwhile; try again.");

        if (!beginAnew)
            return Done.Instance;
        // Whoever makes a passkey has shown it.
        var begun = await begin.ExecuteAsync(user, SessionMethod.Passkey, remember: false, cancellationToken);
        return begun.Refusal is { } refusal ? refusal : Done.Instance;
    }

    private Task<User> FindAsync(Actor actor, CancellationToken cancellationToken) =>
        record.Users.SingleAsync(candidate => candidate.Id == actor.UserId, cancellationToken);
}
