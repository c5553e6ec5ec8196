using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.Add;

/// <summary>Takes the password that somebody chooses by the one-time link they were given.</summary>
internal sealed class SetPassword(RecordContext record, UserManager<User> users, TimeProvider time)
{
    private static readonly Refusal Stale = Refusal.Gone("This link has been used or has expired; ask an administrator for a new one.");

    /// <param name="name">The user name in the link.</param>
    /// <param name="code">The code in the link.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<PersonView>> ExecuteAsync(string? name, string? code, string? password, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(name, out var parsed, out _)
            || await record.Users.WithName(parsed).SingleOrDefaultAsync(cancellationToken) is not { Status: UserStatus.Active } user
            || Decode(code) is not { } token)
        {
            return Stale;
        }

        // Identity saves this context, hence the entry with the password.
        record.Add(AuditEntry.Of(time.GetUtcNow(), Actor.Of(user), AuditAction.PasswordChanged, user.UserName!));
        await record.EndSessionsAsync(user.Id, except: null, time.GetUtcNow(), cancellationToken);
        var result = await users.ResetPasswordAsync(user, token, password ?? "");
        return result switch
        {
            { Succeeded: true } => PersonView.Of(user),
            _ when result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken)) => Stale,
            _ => Refusal.Invalid("password", PasswordRules.Sentence(result)),
        };
    }

    private static string? Decode(string? code)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code ?? ""));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
