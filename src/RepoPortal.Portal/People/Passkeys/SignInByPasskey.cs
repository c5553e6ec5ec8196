using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.Passkeys;

/// <summary>Signs somebody in with a passkey, which says both who they are and that they are there: no name, no password, no code.</summary>
internal sealed class SignInByPasskey(
    RecordContext record,
    UserManager<User> users,
    SignInManager<User> manager,
    FailedSignIns failures,
    AccountFailures account,
    BeginSession begin,
    IHttpContextAccessor http)
{
    // What the network's failures are counted by: there is no name to guess at.
    private const string AnyName = "";

    private static readonly Refusal Wrong = Refusal.Forbidden("This passkey does not open an account here, or it came too late. Try again, or sign in with the password.");
    private static readonly Refusal NotLocal = Refusal.Forbidden("Accounts like yours sign in through their institution here.");

    /// <summary>What the browser needs to show its passkeys, as JSON. A cookie remembers the challenge.</summary>
    internal Task<string> OptionsAsync() => manager.MakePasskeyRequestOptionsAsync(user: null);

    /// <param name="credential">What the browser answered, as JSON.</param>
    /// <param name="remember">Whether the session outlives the browser.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<PersonView>> ExecuteAsync(string? credential, bool remember, CancellationToken cancellationToken)
    {
        var visitor = Visitor.Of(http.HttpContext!);
        if (failures.Refuse(visitor.Network, AnyName) is { } wait)
            return wait;
        if (string.IsNullOrEmpty(credential))
            return Refusal.Forbidden("The browser answered with no passkey. This needs a script, and a browser that knows passkeys.");
        var assertion = await manager.PerformPasskeyAssertionAsync(credential);
        if (!assertion.Succeeded)
        {
            if (failures.Add(visitor.Network, AnyName))
                await account.NoteAsync(visitor, SessionMethod.Passkey, cancellationToken);
            return Wrong;
        }

        if (!(await record.PolicyAsync(cancellationToken)).AllowsLocalAccount(assertion.User.Kind))
            return NotLocal;
        // Its counter of uses, by which a copied one is noticed.
        await users.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey);
        await account.ForgetAsync(assertion.User, cancellationToken);
        return await begin.ExecuteAsync(assertion.User, SessionMethod.Passkey, remember, cancellationToken);
    }
}
