using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Passwords;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People.Add;

/// <summary>Takes the password that somebody chooses by a one-time link: handed to them by an administrator, or mailed because they forgot the one before.</summary>
internal sealed class SetPassword(RecordContext record, UserManager<User> users, TimeProvider time)
{
    private static readonly Refusal Stale = Refusal.Gone("This link has been used or has expired; ask for a new one.");
    private static readonly Refusal NoPasswords = Refusal.Forbidden("Accounts with a password are not in use for you here; sign in through your institution.");

    /// <param name="name">The user name in the link.</param>
    /// <param name="code">The code in the link.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<PersonView>> ExecuteAsync(string? name, string? code, string? password, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!UserName.TryParse(name, out var parsed, out _)
            || await record.Users.WithName(parsed).SingleOrDefaultAsync(cancellationToken) is not { } user
            || !user.IsActive(now)
            || LinkCode.Read(code) is not { } token)
        {
            return Stale;
        }

        if (!(await record.PolicyAsync(cancellationToken)).AllowsLocalAccount(user.Kind))
            return NoPasswords;
        if (await users.VerifyUserTokenAsync(user, MailedLinkProvider.Name, UserManager<User>.ResetPasswordTokenPurpose, token))
        {
            // Whoever has the mail has the address.
            user.EmailConfirmed = true;
            token = await users.GeneratePasswordResetTokenAsync(user);
        }

        // Whoever was kept out by somebody else's guesses is let in again. Identity saves this context, hence all of it with the password.
        (user.AccessFailedCount, user.LockoutEnd) = (0, null);
        record.Add(AuditEntry.Of(now, Actor.Of(user), AuditAction.PasswordChanged, user.UserName!, detail: new { by = "link" }));
        await record.EndSessionsAsync(user.Id, except: null, now, cancellationToken);
        var result = await users.ResetPasswordAsync(user, token, password ?? "");
        return result switch
        {
            { Succeeded: true } => PersonView.Of(user),
            _ when result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken)) => Stale,
            _ => Refusal.Invalid("password", PasswordRules.Sentence(result)),
        };
    }
}
