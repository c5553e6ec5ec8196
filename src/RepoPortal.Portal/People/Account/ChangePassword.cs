using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.Account;

/// <summary>Changes one's own password; every other session of that person ends.</summary>
internal sealed class ChangePassword(RecordContext record, UserManager<User> users, ContinueSession continuation, TimeProvider time)
{
    /// <param name="current">What was typed as present password.</param>
    /// <param name="replacement">What was typed as new password.</param>
    /// <param name="session">The session that goes on.</param>
    /// <param name="actor">Whose password.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> ExecuteAsync(string? current, string? replacement, Guid? session, Actor actor, CancellationToken cancellationToken)
    {
        var user = await record.Users.SingleAsync(candidate => candidate.Id == actor.UserId, cancellationToken);
        // Identity saves this context, hence the entry with the password.
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.PasswordChanged, user.UserName!));
        await record.EndSessionsAsync(user.Id, except: session, time.GetUtcNow(), cancellationToken);
        var result = await users.ChangePasswordAsync(user, current ?? "", replacement ?? "");
        if (!result.Succeeded)
        {
            var field = result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)) ? "current" : "password";
            return Refusal.Invalid(field, PasswordRules.Sentence(result));
        }

        await continuation.ExecuteAsync(user);
        return Done.Instance;
    }
}
