using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>Signs somebody in with user name (or e-mail address) and password, by setting the session's cookie.</summary>
internal sealed class SignInByPassword(RecordContext record, SignInManager<User> manager, IPasswordHasher<User> hasher, BeginSession begin)
{
    // One sentence for every reason, so that it does not tell which accounts exist.
    private static readonly Refusal Wrong = new(RefusalKind.Forbidden, "User name and password do not fit together.");

    // Of a password nobody knows: an account that is not there takes as long to refuse as one that is.
    private static readonly User Nobody = new() { DisplayName = "" };
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<User>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <param name="nameOrEmail">What was typed as user name.</param>
    /// <param name="password">What was typed as password.</param>
    /// <param name="remember">Whether the session outlives the browser.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<PersonView>> ExecuteAsync(string? nameOrEmail, string? password, bool remember, CancellationToken cancellationToken)
    {
        if (await FindAsync(nameOrEmail?.Trim(), cancellationToken) is not { PasswordHash: not null } user)
        {
            hasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password ?? "");
            return Wrong;
        }

        var result = await manager.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true);
        if (result.IsLockedOut)
            return Refusal.Forbidden("Too many wrong passwords; try again in a few minutes.");
        if (!result.Succeeded)
            return Wrong;
        return await begin.ExecuteAsync(user, SessionMethod.Password, remember, cancellationToken);
    }

    private async Task<User?> FindAsync(string? nameOrEmail, CancellationToken cancellationToken)
    {
        if (UserName.TryParse(nameOrEmail?.ToLowerInvariant(), out var name, out _))
            return await record.Users.WithName(name).SingleOrDefaultAsync(cancellationToken);
        return EmailAddress.TryParse(nameOrEmail, out var email, out _)
            ? await record.Users.WithEmail(email).SingleOrDefaultAsync(cancellationToken)
            : null;
    }
}
