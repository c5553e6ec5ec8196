using Microsoft.Playwright;
using RepoPortal.SystemTests.Pages;

namespace RepoPortal.SystemTests.Providers;

/// <summary>What people do on their way through a provider.</summary>
internal static class ProviderVisitor
{
    /// <summary>From the sign-in page to the provider and, as that person, back.</summary>
    internal static async Task ComeThroughAsync(this PortalVisitor visitor, string provider, ProviderPerson person)
    {
        await visitor.GoAsync("/sign-in");
        await visitor.GoThroughAsync($"Sign in with {provider}", person);
    }

    /// <summary>Follows the link on the present page to the provider and, as that person, back.</summary>
    internal static async Task GoThroughAsync(this PortalVisitor visitor, string link, ProviderPerson person)
    {
        await visitor.FollowAsync(link);
        await visitor.AnswerAsync(person.Login);
    }

    /// <summary>Says at the provider who one is.</summary>
    internal static async Task AnswerAsync(this PortalVisitor visitor, string login)
    {
        await visitor.SeeHeadingAsync("Who are you?");
        await visitor.FillAsync("Account", login);
        await visitor.PressAsync("Continue");
    }

    /// <summary>Makes the account that the portal proposes.</summary>
    internal static async Task MakeAccountAsync(this PortalVisitor visitor, string name)
    {
        await Assertions.Expect(visitor.Page.GetByLabel("User name", new() { Exact = true })).ToHaveValueAsync(name);
        await visitor.PressAsync("Make the account");
        await visitor.SeeAsync("Welcome, ");
    }
}
