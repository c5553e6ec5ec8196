namespace RepoPortal.Portal.People;

/// <summary>Somebody with an account, as shown.</summary>
/// <param name="Name">The user name.</param>
/// <param name="DisplayName">The name for people.</param>
/// <param name="Email">The address.</param>
/// <param name="Kind">Of the house or from elsewhere.</param>
/// <param name="Status">Active or suspended.</param>
/// <param name="IsAdministrator">Whether they administer the installation.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="EndsAt">When a collaborator stops being let in; null for no end.</param>
/// <param name="MayCreateRepositories">Whether a collaborator was allowed to create repositories.</param>
public sealed record PersonView(
    UserName Name,
    string DisplayName,
    string Email,
    UserKind Kind,
    UserStatus Status,
    bool IsAdministrator,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndsAt,
    bool MayCreateRepositories)
{
    internal static PersonView Of(User user) => new(
        user.Name,
        user.DisplayName,
        user.Email ?? "",
        user.Kind,
        user.Status,
        user.IsAdministrator,
        user.CreatedAt,
        user.EndsAt,
        user.MayCreateRepositories);
}
