using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.People.SecondFactor;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>How far somebody has come.</summary>
internal enum SignInStep
{
    /// <summary>They are in.</summary>
    Done,

    /// <summary>The password was right; a code is asked for next (<see cref="SignInByCode"/>).</summary>
    CodeNeeded,
}

/// <summary>Signs somebody in with user name (or e-mail address) and password; with a second factor, as far as asking for its code.</summary>
internal sealed class SignInByPassword(
    RecordContext record,
    UserManager<User> users,
    FailedSignIns failures,
    AccountFailures account,
    PendingCode pending,
    BeginSession begin,
    IHttpContextAccessor http,
    TimeProvider time)
{
    // One sentence for every reason, so that it does not tell which accounts exist.
    private static readonly Refusal Wrong = Refusal.Forbidden(
        "User name and password do not fit together. After many failures an account is left alone for a while; a reset by mail opens it again.");

    private static readonly Refusal NoPasswords = Refusal.Forbidden("Accounts with a password are not in use for you here; sign in through your institution.");

    // Of a password nobody knows: an account that is not there takes as long to refuse as one that is.
    private static readonly User Nobody = new() { DisplayName = "" };
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<User>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>Whether anybody may sign in so.</summary>
    internal async Task<bool> IsOfferedAsync(CancellationToken cancellationToken) =>
        (await record.PolicyAsync(cancellationToken)).LocalAccounts != LocalAccounts.Nobody;

    /// <param name="nameOrEmail">What was typed as user name.</param>
    /// <param name="password">What was typed as password.</param>
    /// <param name="remember">Whether the session outlives the browser.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<SignInStep>> ExecuteAsync(string? nameOrEmail, string? password, bool remember, CancellationToken cancellationToken)
    {
        var (typed, visitor) = (nameOrEmail?.Trim() ?? "", Visitor.Of(http.HttpContext!));
        if (failures.Refuse(visitor.Network, typed) is { } wait)
            return wait;
        var answer = new SteadyAnswer(time);
        var user = await FindAsync(typed, cancellationToken);
        if (!await FitsAsync(user, password ?? "", visitor, cancellationToken) || user is null)
        {
            if (failures.Add(visitor.Network, typed))
                await account.NoteAsync(visitor, SessionMethod.Password, cancellationToken);
            await answer.WaitAsync(cancellationToken);
            return Wrong;
        }

        if (!(await record.PolicyAsync(cancellationToken)).AllowsLocalAccount(user.Kind))
            return NoPasswords;
        if (user.TwoFactorEnabled && !await pending.IsRememberedAsync(user))
        {
            await pending.AskAsync(user, remember);
            return SignInStep.CodeNeeded;
        }

        var begun = await begin.ExecuteAsync(user, user.TwoFactorEnabled ? SessionMethod.PasswordAndCode : SessionMethod.Password, remember, cancellationToken);
        if (begun.Refusal is { } refusal)
        {
            // Counted too: each is an entry in the audit.
            failures.Add(visitor.Network, typed);
            return refusal;
        }

        failures.Forget(visitor.Network, user);
        await account.ForgetAsync(user, cancellationToken);
        return SignInStep.Done;
    }

    private async Task<bool> FitsAsync(User? user, string password, Visitor visitor, CancellationToken cancellationToken)
    {
        if (user?.PasswordHash is null || await account.IsClosedAsync(user, visitor, cancellationToken))
        {
            users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            return false;
        }

        if (await users.CheckPasswordAsync(user, password))
            return true;
        await account.AddAsync(user, SessionMethod.Password, visitor, "wrong password", cancellationToken);
        return false;
    }

    private async Task<User?> FindAsync(string typed, CancellationToken cancellationToken)
    {
        if (UserName.TryParse(typed.ToLowerInvariant(), out var name, out _))
            return await record.Users.WithName(name).SingleOrDefaultAsync(cancellationToken);
        return EmailAddress.TryParse(typed, out var email, out _)
            ? await record.Users.WithEmail(email).SingleOrDefaultAsync(cancellationToken)
            : null;
    }
}
