using Microsoft.AspNetCore.Identity;
using RepoPortal.Portal.People.Passwords;

namespace RepoPortal.Portal.People;

/// <summary>What a password must be: long, and not one of the usual ones (<see cref="CommonPasswordValidator"/>). Rules about kinds of characters make passwords worse, so there are none.</summary>
internal static class PasswordRules
{
    internal const int MinLength = 12;

    internal static void Configure(PasswordOptions options)
    {
        options.RequiredLength = MinLength;
        options.RequiredUniqueChars = 4;
        options.RequireDigit = false;
        options.RequireLowercase = false;
        options.RequireUppercase = false;
        options.RequireNonAlphanumeric = false;
    }

    /// <summary>What Identity found wrong, as one sentence.</summary>
    internal static string Sentence(IdentityResult result) => result.Errors.First().Code switch
    {
        nameof(IdentityErrorDescriber.PasswordTooShort) => $"A password has at least {MinLength} characters; a few words in a row are easy to remember.",
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => "This password repeats too few characters.",
        CommonPasswordValidator.Common => "This password is among those that are tried first, or made of one; a few words that do not belong together are better.",
        CommonPasswordValidator.Own => "This password is little more than your own name or address.",
        nameof(IdentityErrorDescriber.PasswordMismatch) => "The present password is not right.",
        _ => result.Errors.First().Description,
    };
}
