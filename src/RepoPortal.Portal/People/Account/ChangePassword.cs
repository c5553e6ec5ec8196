using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Account;

/// <summary>Changes one's own password; every other session of that person ends.</summary>
internal sealed class ChangePassword(RecordContext record, UserManager<User> users, SignInManager<User> session, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string? current, string? replacement, Actor actor, CancellationToken cancellationToken)
    {
        var user = await record.Users.SingleAsync(candidate => candidate.Id == actor.UserId, cancellationToken);
        // Identity saves this context, hence the entry with the password.
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.PasswordChanged, user.UserName!));
        var result = await users.ChangePasswordAsync(user, current ?? "", replacement ?? "");
        if (!result.Succeeded)
        {
            var field = result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)) ? "current" : "password";
            return Refusal.Invalid(field, PasswordRules.Sentence(result));
        }

        await session.RefreshSignInAsync(user);
        return Done.Instance;
    }
}
