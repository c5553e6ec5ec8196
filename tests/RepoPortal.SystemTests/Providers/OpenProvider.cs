using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace RepoPortal.SystemTests.Providers;

/// <summary>
/// A real OpenID Connect provider (OpenIddict) over HTTPS on a port of its own: a plain one, or one that answers like the v2.0 endpoints of Entra ID, with the
/// tenant in every address. It asks who somebody is and believes them.
/// </summary>
public sealed class OpenProvider : IAsyncDisposable
{
    public const string ClientId = "repoportal";
    public const string ClientSecret = "the secret of the tests";

    private readonly SqliteConnection _store = new("Data Source=:memory:");
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private readonly List<ProviderPerson> _people = [];
    private readonly SemaphoreSlim _turn = new(1);
    private WebApplication? _app;

    private OpenProvider(IReadOnlyList<string> tenants) => Tenants = tenants;

    /// <summary>The tenants of an Entra-like provider; none at a plain one.</summary>
    public IReadOnlyList<string> Tenants { get; }

    /// <summary>Where it is, with a slash at the end.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What a plain provider is configured by.</summary>
    public string Authority => Address.ToString();

    /// <summary>What is wrong with its answers from now on.</summary>
    public Forgery Forgery { get; set; }

    /// <summary>The certificate as PEM, for whoever is to trust it.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <param name="tenants">Ids of tenants, to answer like Entra ID; none for a plain provider.</param>
    public static async Task<OpenProvider> StartAsync(params IReadOnlyList<string> tenants)
    {
        var provider = new OpenProvider(tenants);
        await provider.StartAsync();
        return provider;
    }

    /// <summary>Opens an account there.</summary>
    public ProviderPerson Add(ProviderPerson person)
    {
        _people.Add(person);
        return person;
    }

    /// <summary>Registers the portal with the only address that its people may be sent back to.</summary>
    public async Task RegisterAsync(Uri redirectUri)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            ConsentType = OpenIddictConstants.ConsentTypes.Implicit,
            RedirectUris = { redirectUri },
            Permissions =
            {
                OpenIddictConstants.Permissions.Endpoints.Authorization,
                OpenIddictConstants.Permissions.Endpoints.Token,
                OpenIddictConstants.Permissions.GrantTypes.AuthorizationCode,
                OpenIddictConstants.Permissions.GrantTypes.RefreshToken,
                OpenIddictConstants.Permissions.ResponseTypes.Code,
                OpenIddictConstants.Permissions.Scopes.Email,
                OpenIddictConstants.Permissions.Scopes.Profile,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await _store.DisposeAsync();
        _certificate.Dispose();
        _turn.Dispose();
    }

    internal ProviderPerson? Find(Func<ProviderPerson, bool> isOne) => _people.Find(person => isOne(person) && !person.IsDisabled);

    private async Task StartAsync()
    {
        await _store.OpenAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(_certificate)));
        builder.Services.AddRouting();
        builder.Services.AddLogging(logs => logs.SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddDbContext<DbContext>(options => options.UseSqlite(_store).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(Configure);
        _app = builder.Build();
        _app.Use((context, next) => Forgery == Forgery.Outage && context.Request.Path.Value!.EndsWith("token", StringComparison.Ordinal)
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context)
            : next(context));
        _app.Use(OneAtATimeAsync);
        _app.UseAuthentication();
        ProviderPages.Map(_app, this);
        await using (var scope = _app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DbContext>().Database.EnsureCreatedAsync();
        await _app.StartAsync();
        Address = new UriBuilder(_app.Urls.Single()) { Host = "localhost" }.Uri;
    }

    // They share the one connection to the store.
    private async Task OneAtATimeAsync(HttpContext context, RequestDelegate next)
    {
        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            await next(context);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris(ProviderAddresses.Authorization(Tenants))
            .SetTokenEndpointUris(ProviderAddresses.Token(Tenants))
            .SetUserInfoEndpointUris(ProviderAddresses.UserInfo(Tenants))
            .SetConfigurationEndpointUris(ProviderAddresses.Configuration(Tenants))
            .SetJsonWebKeySetEndpointUris(ProviderAddresses.Keys(Tenants))
            .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow()
            .RegisterScopes("email", "profile", "offline_access")
            .AddEphemeralEncryptionKey().AddEphemeralSigningKey()
            .SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableUserInfoEndpointPassthrough();
        server.AddEventHandler<ApplyConfigurationResponseContext>(handler => handler.UseInlineHandler(context =>
        {
            ProviderAddresses.Describe(this, context);
            return default;
        }).SetOrder(int.MinValue));
        server.AddEventHandler<GenerateTokenContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.TokenType != OpenIddictConstants.TokenTypeIdentifiers.IdentityToken)
                return default;
            if (context.Principal.FindFirst("tid")?.Value is { } tenant)
                context.SecurityTokenDescriptor.Issuer = ProviderAddresses.Issuer(this, tenant);
            Forgery.Apply(context.SecurityTokenDescriptor);
            return default;
        }).SetOrder(OpenIddict.Server.OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 1));
    }

    // Each with a subject of its own: among roots of one subject the wrong one may be found.
    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Guid.NewGuid()}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
