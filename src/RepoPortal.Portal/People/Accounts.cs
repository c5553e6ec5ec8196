using Microsoft.AspNetCore.Identity;

namespace RepoPortal.Portal.People;

/// <summary>An account somebody wants.</summary>
/// <param name="Name">The user name as typed.</param>
/// <param name="Email">The address as typed.</param>
/// <param name="DisplayName">The name for people; empty: the user name.</param>
/// <param name="Password">The password; null for an account whose owner chooses one later.</param>
/// <param name="Kind">Of the house or from elsewhere.</param>
/// <param name="IsAdministrator">Whether they administer the installation.</param>
/// <param name="Affiliation">The institution a collaborator comes from; may be empty.</param>
public sealed record NewAccount(
    string Name,
    string Email,
    string? DisplayName,
    string? Password,
    UserKind Kind = UserKind.Internal,
    bool IsAdministrator = false,
    string? Affiliation = null);

/// <summary>Prepares accounts for whichever use case makes one, so that user and cause are written in one save and the unique indexes decide.</summary>
internal sealed class Accounts(UserManager<User> users, TimeProvider time)
{
    /// <summary>Checks every field and hashes the password; writes nothing.</summary>
    internal async Task<Outcome<User>> PrepareAsync(NewAccount account)
    {
        if (!UserName.TryParse(account.Name, out var name, out var nameRefusal))
            return Refusal.Invalid("name", nameRefusal);
        if (!EmailAddress.TryParse(account.Email, out var email, out var emailRefusal))
            return Refusal.Invalid("email", emailRefusal);
        var displayName = account.DisplayName?.Trim() is { Length: > 0 } given ? given : name.Value;
        if (PlainText.Refuse(displayName, "A display name", User.MaxDisplayNameLength) is { } displayNameRefusal)
            return Refusal.Invalid("displayName", displayNameRefusal);
        var affiliation = account.Affiliation?.Trim() ?? "";
        if (PlainText.Refuse(affiliation, "An affiliation", User.MaxAffiliationLength) is { } affiliationRefusal)
            return Refusal.Invalid("affiliation", affiliationRefusal);
        var user = new User
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = name.Value,
            NormalizedUserName = UserQueries.Normalize(name.Value),
            Email = email.Value,
            NormalizedEmail = email.Normalized,
            DisplayName = displayName,
            Kind = account.Kind,
            IsAdministrator = account.IsAdministrator,
            Affiliation = affiliation,
            CreatedAt = time.GetUtcNow(),
            LockoutEnabled = true,
            SecurityStamp = NewSecurityStamp(),
        };
        if (account.Password is { } password)
        {
            if (await RefusePasswordAsync(user, password) is { } passwordRefusal)
                return passwordRefusal;
            user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        }

        return user;
    }

    /// <summary>Which of the two unique fields was taken, after a save that was refused for it.</summary>
    internal static async Task<Refusal> RefuseTakenAsync(RecordContext record, User user, CancellationToken cancellationToken) =>
        await record.Users.AnyAsync(other => other.NormalizedUserName == user.NormalizedUserName, cancellationToken)
            ? Refusal.Conflict($"The user name '{user.UserName}' is taken; choose another.", "name")
            : Refusal.Conflict("There is already an account for this e-mail address.", "email");

    /// <summary>A value whose change ends every session and every link sent before.</summary>
    internal static string NewSecurityStamp() => Guid.NewGuid().ToString("n");

    private async Task<Refusal?> RefusePasswordAsync(User user, string password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } result)
                return Refusal.Invalid("password", PasswordRules.Sentence(result));
        }

        return null;
    }
}
