using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Pages;

/// <summary>A server with people who only sign in, each in one test, and whose mail is files; and a browser.</summary>
public sealed class SigningInServer : IAsyncLifetime
{
    private readonly Chromium _chromium = new();

    private RunningServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        foreach (var name in new[] { "lea", "ravi", "mona", "noor" })
            await _server.RunAsync(["user", "add", name, "--email", $"{name}@lab.example", "--password-stdin"], RunningServer.Password + "\n");
        await _chromium.InitializeAsync();
    }

    /// <summary>A browser with cookies of its own.</summary>
    public Task<IBrowserContext> VisitAsync() => _chromium.VisitAsync(_server!.Address);

    /// <summary>The link in the one mail that was sent, as soon as it was.</summary>
    public async Task<string> MailedLinkAsync(Regex link)
    {
        var folder = Path.Combine(_server!.Data, "mail");
        await Eventually.TrueAsync(() => Task.FromResult(Directory.Exists(folder) && Directory.GetFiles(folder, "*.eml").Length == 1));
        var mail = await File.ReadAllTextAsync(Directory.GetFiles(folder, "*.eml").Single());
        return link.Match(mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
