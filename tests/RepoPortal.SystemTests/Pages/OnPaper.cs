using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>Pages as they are printed.</summary>
public sealed class OnPaper(PopulatedPortal portal) : IClassFixture<PopulatedPortal>
{
    [Theory]
    [InlineData("file", "/r/sea-ice-data/tree/trunk/src/drift.py", "EARTH_RADIUS")]
    [InlineData("markdown", "/r/sea-ice-data/tree/trunk/README.md", "How to use it")]
    [InlineData("notebook", "/r/sea-ice-data/tree/trunk/thickness.ipynb", "Mean thickness by year")]
    [InlineData("revision", "/r/climate-model/rev/4", "Use the measured albedo")]
    [InlineData("blame", "/r/climate-model/blame/trunk/model.py", "ALBEDO")]
    [InlineData("repository", "/r/climate-model", "Latest commits")]
    public async Task Have_their_content_in_light_colours_over_the_whole_width_and_nothing_to_press(string name, string path, string text)
    {
        // A4 at 96 dots per inch.
        await using var context = await portal.VisitAsync("mei", ColorScheme.Dark, 794);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        await Assertions.Expect(page.GetByText(text).First).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('header.bar, footer.foot, nav.tabs, .btn, button, .menu')].filter(element => element.checkVisibility()).length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Equal("rgb(23, 33, 43)", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('main')).color"));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.code td:first-child a, .blame .ln a')].every(number => number.checkVisibility())"));
        await Screenshots.KeepAsync(page, $"print-{name}");
        var sheets = await page.PdfAsync(new PagePdfOptions { Format = "A4", PreferCSSPageSize = true });
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(sheets, 0, 4), StringComparison.Ordinal);
    }
}
