using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>The system's Chromium, headless; one for all tests of the assembly.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Only what the tests ask for goes over the network.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where it is installed; <c>REPOPORTAL_CHROMIUM</c> names another place.</summary>
    public static string Executable => Environment.GetEnvironmentVariable("REPOPORTAL_CHROMIUM") ?? "/usr/bin/chromium";

    public async ValueTask InitializeAsync()
    {
        // What does not come true fails; how fast it comes true on a busy machine is not what these tests are about.
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Arguments });
    }

    /// <summary>A visitor with cookies of their own. Disposing the context ends them.</summary>
    public async Task<IBrowserContext> VisitAsync(Uri address, bool javaScript = true, ColorScheme colours = ColorScheme.Light, int width = 1280)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            JavaScriptEnabled = javaScript,
            IgnoreHTTPSErrors = true, // the providers of the tests have a certificate of their own
            ColorScheme = colours,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
