using System.Text;
using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.SecondFactor;

/// <summary>The key an authenticator app is given.</summary>
/// <param name="Text">As it is typed: groups of four letters and digits.</param>
/// <param name="Uri">As it is scanned: <c>otpauth://totp/…</c>.</param>
public sealed record AuthenticatorKey(string Text, string Uri);

/// <summary>Sets up an authenticator app as second factor, in two steps so that nobody is locked out by an app that did not take the key; and takes it away.</summary>
/// <remarks>Identity gives the person a new security stamp at each step, so other sessions are ended along with it.</remarks>
internal sealed class Authenticator(RecordContext record, UserManager<User> users, RecoveryCodes recovery, ContinueSession continuation, TimeProvider time)
{
    private const string Issuer = "RepoPortal";

    /// <summary>Makes a key; nothing is asked for until a code proved that the app has it.</summary>
    internal async Task<Outcome<Done>> BeginAsync(Guid? session, Actor actor, CancellationToken cancellationToken)
    {
        var user = await FindAsync(actor, cancellationToken);
        if (user.TwoFactorEnabled)
            return Refusal.Conflict("There is an authenticator app already; take it away before you set up another.");
        await record.EndSessionsAsync(user.Id, except: session, time.GetUtcNow(), cancellationToken);
        Require(await users.ResetAuthenticatorKeyAsync(user));
        await continuation.ExecuteAsync(user);
        return Done.Instance;
    }

    /// <summary>The key to give to the app; null before <see cref="BeginAsync"/>, and once the app is in use.</summary>
    internal async Task<AuthenticatorKey?> KeyAsync(Actor actor, CancellationToken cancellationToken)
    {
        var user = await FindAsync(actor, cancellationToken);
        if (user.TwoFactorEnabled || await users.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key)
            return null;
        return new AuthenticatorKey(
            string.Join(' ', key.Chunk(4).Select(group => new string(group))),
            $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(user.UserName!)}?secret={key}&issuer={Issuer}&digits=6");
    }

    /// <summary>Takes the first code of the app; from now on one is asked for after the password.</summary>
    /// <returns>The recovery codes, which are shown this once.</returns>
    internal async Task<Outcome<IReadOnlyCollection<string>>> ConfirmAsync(string? code, Guid? session, Actor actor, CancellationToken cancellationToken)
    {
        var user = await FindAsync(actor, cancellationToken);
        if (user.TwoFactorEnabled)
            return Refusal.Conflict("The authenticator app is in use already.");
        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, digits))
            return Refusal.Invalid("code", "This code is not right. Look at the app again: codes change every 30 seconds, and the clock of the phone must be right.");
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.SecondFactorSet, user.UserName!));
        await record.EndSessionsAsync(user.Id, except: session, time.GetUtcNow(), cancellationToken);
        Require(await users.SetTwoFactorEnabledAsync(user, enabled: true));
        var codes = await recovery.ReplaceAsync(user);
        await continuation.ExecuteAsync(user);
        return codes.ToArray();
    }

    /// <summary>Makes new recovery codes; the old ones are worth nothing from now on.</summary>
    internal async Task<Outcome<IReadOnlyCollection<string>>> ReplaceCodesAsync(Actor actor, CancellationToken cancellationToken)
    {
        var user = await FindAsync(actor, cancellationToken);
        if (!user.TwoFactorEnabled)
            return Refusal.Conflict("Recovery codes come with an authenticator app; set one up first.");
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.RecoveryCodesMade, user.UserName!));
        return (await recovery.ReplaceAsync(user)).ToArray();
    }

    /// <summary>Takes the second factor away again; the password proves that it is not somebody at an open browser.</summary>
    internal async Task<Outcome<Done>> RemoveAsync(string? password, Guid? session, Actor actor, CancellationToken cancellationToken)
    {
        var user = await FindAsync(actor, cancellationToken);
        if (!user.TwoFactorEnabled)
            return Done.Instance;
        if (!await users.CheckPasswordAsync(user, password ?? ""))
            return Refusal.Invalid("proof", "The password is not right.");
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.SecondFactorRemoved, user.UserName!));
        await record.EndSessionsAsync(user.Id, except: session, time.GetUtcNow(), cancellationToken);
        await RemoveAsync(user);
        await continuation.ExecuteAsync(user);
        return Done.Instance;
    }

    /// <summary>Takes app and codes off an account.</summary>
    private async Task RemoveAsync(User user)
    {
        Require(await users.SetTwoFactorEnabledAsync(user, enabled: false));
        Require(await users.ResetAuthenticatorKeyAsync(user));
        await recovery.RemoveAsync(user);
    }

    private Task<User> FindAsync(Actor actor, CancellationToken cancellationToken) =>
        record.Users.SingleAsync(candidate => candidate.Id == actor.UserId, cancellationToken);

    // What Identity can refuse here is a save that somebody else's overtook; the page is loaded again.
    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new DbUpdateConcurrencyException(new StringBuilder("the account was changed meanwhile: ").AppendJoin(", ", result.Errors.Select(error => error.Code)).ToString());
    }
}
