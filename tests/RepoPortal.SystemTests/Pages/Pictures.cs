using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>Pictures of a page as it is now, in both colours and wide and narrow; and that it is accessible and needs no scrolling to the side.</summary>
internal static class Pictures
{
    internal static async Task KeepAsync(IPage page, string name)
    {
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            Assert.Empty(colours == ColorScheme.Light ? await Axe.FindAsync(page) : await Axe.FindByColourAsync(page));
            foreach (var width in new[] { 360, 1440 })
            {
                await page.SetViewportSizeAsync(width, 900);
                Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
                await Screenshots.KeepAsync(page, $"{name}-{colours}-{width}".ToLowerInvariant());
            }
        }
    }
}
