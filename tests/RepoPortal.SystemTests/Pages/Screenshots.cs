using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>Pictures of pages, kept as build output to be looked at: <c>.build/screenshots</c>, or where <c>REPOPORTAL_SCREENSHOTS</c> says.</summary>
internal static class Screenshots
{
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("REPOPORTAL_SCREENSHOTS") ?? Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../screenshots"));

    public static async Task KeepAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png"), FullPage = true });
    }
}
