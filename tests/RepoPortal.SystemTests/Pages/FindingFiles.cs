using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>The file finder as its script makes it.</summary>
public sealed class FindingFiles(PopulatedPortal portal) : IClassFixture<PopulatedPortal>
{
    private const string Finder = "/r/sea-ice-data/find?in=/trunk";

    [Fact]
    public async Task The_list_follows_each_letter_and_the_keyboard_goes_through_it()
    {
        await using var context = await portal.VisitAsync("mei", ColorScheme.Light, 1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Finder);
        await Assertions.Expect(page.Locator(".finder[data-ready]")).ToBeVisibleAsync();
        await page.GetByLabel("Part of a path").PressSequentiallyAsync("drift");
        await Assertions.Expect(page.Locator(".paths li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".paths mark")).ToHaveTextAsync("drift");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=drift$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("src/drift.py", (await page.EvaluateAsync<string>("document.activeElement.textContent")).Trim());
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(portal.Server.Address, "/r/sea-ice-data/tree/trunk/src/drift.py").ToString());
        await Assertions.Expect(page.Locator("[data-lines]")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("s")]
    [InlineData("stn 1")]
    [InlineData("stations00")]
    [InlineData("SrcPy")]
    [InlineData("s.t")]
    [InlineData("nothing of that kind")]
    public async Task The_script_finds_and_marks_the_same_in_the_same_order_as_the_server(string query)
    {
        await using var context = await portal.VisitAsync("mei", ColorScheme.Light, 1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Finder}&q={Uri.EscapeDataString(query)}");
        // Before the script has its list, what is there is the server's.
        var server = await page.APIRequest.GetAsync(new Uri(portal.Server.Address, $"{Finder}&q={Uri.EscapeDataString(query)}").ToString());
        var expected = await page.EvaluateAsync<string[]>(
            "text => [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('.paths a')].map(link => link.getAttribute('href') + link.querySelector('span').innerHTML)", await server.TextAsync());
        await Assertions.Expect(page.Locator(".finder[data-ready]")).ToBeVisibleAsync();
        await page.GetByLabel("Part of a path").FillAsync("");
        await page.GetByLabel("Part of a path").FillAsync(query);
        Assert.Equal(expected, await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.paths a')].map(link => new URL(link.href).pathname + link.querySelector('span').innerHTML)"));
        Assert.Equal(query != "nothing of that kind", expected.Length > 0);
    }
}
