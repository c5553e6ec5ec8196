using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.People.SecondFactor;

/// <summary>The second step of signing in: a code of the authenticator app, or one of the recovery codes, which is used up by it.</summary>
internal sealed class SignInByCode(
    UserManager<User> users, RecoveryCodes recovery, PendingCode pending, FailedSignIns failures, AccountFailures account, BeginSession begin, IHttpContextAccessor http)
{
    private static readonly Refusal Wrong = Refusal.Forbidden("This code is not right. Codes change every 30 seconds; a recovery code works once.");
    private static readonly Refusal TooLate = Refusal.Gone("That took too long, or cookies are off; start again with the password.");

    /// <param name="code">What was typed: six digits or a recovery code.</param>
    /// <param name="rememberBrowser">Whether this browser is to be asked no more.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<PersonView>> ExecuteAsync(string? code, bool rememberBrowser, CancellationToken cancellationToken)
    {
        if (await pending.FindAsync() is not { } asked)
            return TooLate;
        var (user, visitor) = (asked.User, Visitor.Of(http.HttpContext!));
        if (failures.Refuse(visitor.Network, user.UserName!) is { } wait)
            return wait;

        // No address is trusted here: whoever gets so far has the password.
        if (await users.IsLockedOutAsync(user))
            return Refusal.Forbidden("Too many attempts failed; wait a while, or reset the password by mail.");
        if (!await IsRightAsync(user, (code ?? "").Replace(" ", "", StringComparison.Ordinal)))
        {
            failures.Add(visitor.Network, user.UserName!);
            await account.AddAsync(user, SessionMethod.PasswordAndCode, visitor, "wrong code", cancellationToken);
            return Wrong;
        }

        failures.Forget(visitor.Network, user);
        await account.ForgetAsync(user, cancellationToken);
        await pending.EndAsync(user, rememberBrowser);
        return await begin.ExecuteAsync(user, SessionMethod.PasswordAndCode, asked.Remember, cancellationToken);
    }

    private async Task<bool> IsRightAsync(User user, string code) =>
        code.Length == 6 && code.All(char.IsAsciiDigit)
            ? await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code)
            : await recovery.RedeemAsync(user, code);
}
