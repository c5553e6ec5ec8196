using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>What holds for each page: accessible, in both colours, without horizontal scrolling, under the content security policy. Pictures are kept.</summary>
public sealed class EveryPage(PopulatedPortal portal) : IClassFixture<PopulatedPortal>
{
    private const int Phone = 360;

    private static readonly AxeRunOptions Rules = new() { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") };

    public static TheoryData<string, string, string> Pages => new()
    {
        { "", "welcome", "/" },
        { "", "sign-in", "/sign-in?returnUrl=%2Fnew" },
        { "", "invitation", "INVITATION" },
        { "", "invitation-unknown", "/invitations/nothing" },
        { "", "invitation-code", "/invitation" },
        { "", "setup-used", "/setup?code=nothing" },
        { "", "set-password", "/set-password?user=mei&code=nothing" },
        { "", "not-found", "/r/nothing" },
        { "mei", "repositories", "/" },
        { "mei", "repositories-none-found", "/?search=nothing" },
        { "mei", "new", "/new" },
        { "mei", "repository", "/r/climate-model" },
        { "mei", "directory", "/r/climate-model/tree/trunk" },
        { "mei", "empty", "/r/empty-one" },
        { "mei", "long-name", $"/r/{PopulatedPortal.LongName}" },
        { "mei", "history", "/r/climate-model/history" },
        { "mei", "people", "/r/climate-model/people" },
        { "mei", "promise", "/r/climate-model/promise" },
        { "mei", "settings", "/r/climate-model/settings" },
        { "", "forgot", "/forgot" },
        { "", "sign-in-code", "/sign-in/code" },
        { "mei", "account", "/account" },
        { "mei", "security", "/account/security" },
        { "mei", "sessions", "/account/sessions" },
        { "mei", "tokens", "/account/tokens" },
        { "mei", "groups", "/groups" },
        { "mei", "group", "/groups/sea-ice" },
        { "mei", "collaborators", "/collaborators" },
        { "mei", "denied", "/admin" },
        { "anna", "inventory", "/admin" },
        { "anna", "inventory-filtered", "/admin?search=model&tier=standard&sort=-size" },
        { "anna", "everybody", "/admin/people" },
        { "anna", "every-collaborator", "/admin/collaborators" },
        { "anna", "policy", "/admin/policy" },
        { "anna", "tiers", "/admin/tiers" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Is_accessible_fits_a_phone_and_obeys_its_policy(string user, string name, string path)
    {
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var context = await portal.VisitAsync(user, colours, Phone);
            var page = await context.NewPageAsync();
            var complaints = new List<string>();
            page.Console += (_, message) => Note(complaints, message);
            page.PageError += (_, error) => complaints.Add(error);
            await page.GotoAsync(path == "INVITATION" ? portal.Invitation : path);

            Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            var found = await page.RunAxe(Rules);
            Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
            await KeepPicturesAsync(page, $"{name}-{colours}".ToLowerInvariant());
            Assert.Empty(complaints);
        }
    }

    [Fact]
    public async Task The_first_visit_transfers_less_than_150_kB()
    {
        await using var context = await portal.VisitAsync("", ColorScheme.Light, Phone);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        var bytes = await page.EvaluateAsync<long>(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.transferSize, 0)");
        Assert.InRange(bytes, 1_000, 150_000);
    }

    [Fact]
    public async Task The_colours_that_somebody_chose_win_over_the_systems()
    {
        await using var context = await portal.VisitAsync("", ColorScheme.Light, Phone);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        Assert.Equal(new Uri(portal.Server.Address, "/sign-in"), new Uri(page.Url));
        Assert.Equal("rgb(15, 21, 26)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [Fact]
    public async Task Everything_on_a_page_is_reached_by_keyboard_beginning_with_the_link_to_the_content()
    {
        await using var context = await portal.VisitAsync("mei", ColorScheme.Light, 1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/r/climate-model/people");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
    }

    private static async Task KeepPicturesAsync(IPage page, string name)
    {
        foreach (var width in new[] { Phone, 768, 1440 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await Screenshots.KeepAsync(page, $"{name}-{width}");
        }
    }

    // Chromium reports the status of the page itself as an error; that some pages answer 404 is their purpose.
    private static void Note(List<string> complaints, IConsoleMessage message)
    {
        if (message.Type is "error" or "warning" && !message.Text.Contains("the server responded with a status of", StringComparison.Ordinal))
            complaints.Add(message.Text);
    }
}
