using Microsoft.AspNetCore.Identity;

namespace RepoPortal.Portal.People.Passwords;

/// <summary>Refuses passwords that somebody who tries the usual ones, or knows the person's name and address, finds soon.</summary>
internal sealed class CommonPasswordValidator : IPasswordValidator<User>
{
    internal const string Common = "CommonPassword";
    internal const string Own = "OwnNameAsPassword";

    // So many characters beside one's own name make a password again.
    private const int EnoughBeside = 8;

    private static readonly IdentityResult IsCommon = IdentityResult.Failed(new IdentityError { Code = Common });
    private static readonly IdentityResult IsOwn = IdentityResult.Failed(new IdentityError { Code = Own });

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(password is null ? IdentityResult.Success : Judge(user, password));

    private static IdentityResult Judge(User user, string password) =>
        CommonPasswords.Contain(password) ? IsCommon
        : NamesOf(user).Any(name => IsLittleMore(password, name)) ? IsOwn
        : IdentityResult.Success;

    private static IEnumerable<string> NamesOf(User user) =>
        [user.UserName ?? "", user.Email ?? "", .. (user.Email ?? "").Split('@'), .. user.DisplayName.Split(' ')];

    private static bool IsLittleMore(string password, string name) =>
        name.Length >= 4
        && password.Contains(name, StringComparison.OrdinalIgnoreCase)
        && password.Replace(name, "", StringComparison.OrdinalIgnoreCase).Length < EnoughBeside;
}
