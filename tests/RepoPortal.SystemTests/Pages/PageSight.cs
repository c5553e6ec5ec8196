using Microsoft.Playwright;

namespace RepoPortal.SystemTests.Pages;

/// <summary>A page that one person opened, looked at in both colours and three widths without loading it again.</summary>
internal sealed class PageSight
{
    private const int Phone = 360;

    private readonly List<string> _complaints = [];

    public PageSight(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message);
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Loads a page as a phone in light colours shows it.</summary>
    public async Task OpenAsync(string path)
    {
        _complaints.Clear();
        await ShowAsync(Phone, ColorScheme.Light);
        await Page.GotoAsync(path);
    }

    /// <summary>Fails unless what is open is accessible in both colours, fits every width and broke no policy; keeps pictures.</summary>
    public async Task LookAsync(string name)
    {
        foreach (var width in new[] { Phone, 768, 1440 })
        {
            foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await ShowAsync(width, colours);
                Assert.Equal(0, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
                if (width == Phone)
                    Assert.Empty(await (colours == ColorScheme.Light ? Axe.FindAsync(Page) : Axe.FindByColourAsync(Page)));
                await Screenshots.KeepAsync(Page, $"{name}-{colours}-{width}".ToLowerInvariant());
            }
        }

        Assert.Empty(_complaints);
    }

    // Nothing moves: colours that fade into each other would be judged half-way.
    private async Task ShowAsync(int width, ColorScheme colours)
    {
        await Page.SetViewportSizeAsync(width, 900);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
    }

    // Chromium reports the status of the page itself as an error; that some pages answer 404 is their purpose.
    private void Note(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning" && !message.Text.Contains("the server responded with a status of", StringComparison.Ordinal))
            _complaints.Add(message.Text);
    }
}
