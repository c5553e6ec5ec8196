using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>What people do on the pages, by the words they see.</summary>
internal sealed class PortalVisitor(IPage page)
{
    public const string Password = "correct horse battery staple";

    public IPage Page => page;

    public Task GoAsync(string path) => page.GotoAsync(path.TrimStart('/'));

    public Task FillAsync(string label, string text) => page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FollowAsync(string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    public Task SeeAsync(string text) => Assertions.Expect(page.GetByText(text).First).ToBeVisibleAsync();

    public Task SeeHeadingAsync(string text) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(text);

    public async Task SignInAsync(string user)
    {
        await GoAsync("/sign-in");
        await FillAsync("User name or e-mail address", user);
        await FillAsync("Password", Password);
        await PressAsync("Sign in");
        await SeeHeadingAsync("Repositories");
    }

    public async Task PressSignOutAsync()
    {
        await page.Locator("details.menu > summary").ClickAsync();
        await PressAsync("Sign out");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).First).ToBeVisibleAsync();
    }

    public async Task FillAccountAsync(string name, string displayName, string? email = null)
    {
        await FillAsync("User name", name);
        await FillAsync("Name (optional)", displayName);
        if (email is not null)
            await FillAsync("E-mail address", email);
    }

    public async Task FillPasswordAsync()
    {
        await FillAsync("Password", Password);
        await FillAsync("The same again", Password);
    }
}
