using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RepoPortal.SystemTests.Fixtures;
using RepoPortal.SystemTests.Pages;

namespace RepoPortal.SystemTests.Providers;

/// <summary>A server whose people come from two providers, one of which answers like Entra ID for several tenants; and a browser.</summary>
public sealed class ProvidedServer : IAsyncLifetime
{
    public const string Home = "11111111-0000-4000-8000-000000000001";
    public const string Partner = "11111111-0000-4000-8000-000000000002";
    public const string Strange = "11111111-0000-4000-8000-000000000003";

    private readonly Chromium _chromium = new();
    private readonly Scratch _scratch = new();

    public OpenProvider Entra { get; private set; } = null!;

    public OpenProvider Plain { get; private set; } = null!;

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Entra = await OpenProvider.StartAsync(Home, Partner, Strange);
        Plain = await OpenProvider.StartAsync();
        Server = await StartServerAsync(
            _scratch,
            Entra,
            Plain,
            "AzureAd__TenantId=organizations",
            $"AzureAd__AllowedTenants__0={Home}",
            $"AzureAd__AllowedTenants__1={Partner}",
            "AzureAd__GroupsClaim=groups",
            "AzureAd__Groups__0__Claim=5f1c2d3e-0000-4000-8000-00000000000a",
            "AzureAd__Groups__0__Name=sea-ice",
            "RepoPortal__SignIn__Providers__institute__GroupsClaim=groups",
            "RepoPortal__SignIn__RecheckInterval=00:00:02",
            "RepoPortal__SignIn__Rules__0__People=External",
            $"RepoPortal__SignIn__Rules__0__Tenant={Partner}",
            "RepoPortal__SignIn__Rules__1__People=Invited",
            "RepoPortal__SignIn__Rules__1__EmailDomain=uninvited.example");
        await _chromium.InitializeAsync();
    }

    /// <summary>A published server that knows both providers and trusts their certificates, with what else is set.</summary>
    public static async Task<RunningServer> StartServerAsync(Scratch scratch, OpenProvider entra, OpenProvider plain, params IEnumerable<string> settings)
    {
        var trusted = scratch["trusted.pem"];
        await File.WriteAllTextAsync(trusted, entra.CertificatePem + "\n" + plain.CertificatePem + "\n");
        var server = await RunningServer.StartAsync(
        [
            $"SSL_CERT_FILE={trusted}",
            $"AzureAd__Instance={entra.Address}",
            $"AzureAd__ClientId={OpenProvider.ClientId}",
            $"AzureAd__ClientSecret={OpenProvider.ClientSecret}",
            "RepoPortal__SignIn__Providers__institute__Name=Institute of Ice",
            "RepoPortal__SignIn__Providers__institute__Icon=mortarboard",
            $"RepoPortal__SignIn__Providers__institute__Authority={plain.Authority}",
            $"RepoPortal__SignIn__Providers__institute__ClientId={OpenProvider.ClientId}",
            $"RepoPortal__SignIn__Providers__institute__ClientSecret={OpenProvider.ClientSecret}",
            .. settings,
        ]);
        await entra.RegisterAsync(new Uri(server.Address, "sign-in/callback/entra"));
        await plain.RegisterAsync(new Uri(server.Address, "sign-in/callback/institute"));
        return server;
    }

    /// <summary>A browser with cookies of its own.</summary>
    public Task<IBrowserContext> VisitAsync() => _chromium.VisitAsync(Server.Address);

    /// <summary>The first match in a mail to that address, as soon as there is one.</summary>
    public async Task<string> MailedAsync(string to, Regex wanted)
    {
        var found = "";
        await Eventually.TrueAsync(async () => (found = await FindAsync(to, wanted)).Length > 0);
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        foreach (var provider in new[] { Entra, Plain }.OfType<OpenProvider>())
            await provider.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task<string> FindAsync(string to, Regex wanted)
    {
        var folder = Path.Combine(Server.Data, "mail");
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [])
        {
            var mail = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n").Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
            if (mail.Contains($"To: {to}", StringComparison.Ordinal) && wanted.Match(mail) is { Success: true } match)
                return match.Value;
        }

        return "";
    }
}
