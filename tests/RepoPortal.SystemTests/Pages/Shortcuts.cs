using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>Single keys, as far as a page has something for them.</summary>
public sealed class Shortcuts(PopulatedPortal portal) : IClassFixture<PopulatedPortal>
{
    private const string File = "/r/sea-ice-data/tree/trunk/src/drift.py";

    [Fact]
    public async Task Keys_lead_where_links_and_fields_of_the_page_lead()
    {
        await using var context = await portal.VisitAsync("mei", ColorScheme.Light, 1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{File}#L3");
        await page.Keyboard.PressAsync("y");
        await Assertions.Expect(page).ToHaveURLAsync(Address(@"/trunk/src/drift\.py\?rev=\d+#L3$"));
        await page.Keyboard.PressAsync("b");
        await Assertions.Expect(page).ToHaveURLAsync(Address(@"/blame/trunk/src/drift\.py\?rev=\d+$"));
        await Assertions.Expect(page.Locator("table.blame")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("l");
        await page.GetByLabel("Line, or lines such as 10-20").FillAsync("2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(Address("#L2$"));
        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(page.GetByLabel("Part of a path")).ToBeFocusedAsync();

        // The page was exchanged without a full load, and in a field a letter is a letter.
        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(page.GetByLabel("Part of a path")).ToHaveValueAsync("t");
        await page.GotoAsync("/r/sea-ice-data/tree/trunk/stations");
        await page.Keyboard.PressAsync("/");
        Assert.Equal("search", await page.EvaluateAsync<string>("document.activeElement.type"));
        Assert.Equal("", await page.EvaluateAsync<string>("document.activeElement.value"));
    }

    [Fact]
    public async Task The_list_has_what_works_on_the_page_and_turns_the_keys_off()
    {
        await using var context = await portal.VisitAsync("mei", ColorScheme.Light, 1280);
        var page = await context.NewPageAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Control+?");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(dialog.Locator("dt")).ToHaveTextAsync(["/", "?"]);
        await dialog.GetByLabel("Use single keys").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await page.GotoAsync(File);
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("b");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await Assertions.Expect(dialog.Locator("dt")).ToHaveTextAsync(["t", "/", "y", "b", "l", "?"]);
        await dialog.GetByLabel("Use single keys").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("b");
        await Assertions.Expect(page).ToHaveURLAsync(Address("/blame/trunk/src/drift.py$"));
    }

    private static System.Text.RegularExpressions.Regex Address(string end) => new(end, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
