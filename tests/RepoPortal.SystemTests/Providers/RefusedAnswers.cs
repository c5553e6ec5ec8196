using Microsoft.Playwright;
using RepoPortal.SystemTests.Fixtures;
using RepoPortal.SystemTests.Pages;

namespace RepoPortal.SystemTests.Providers;

/// <summary>What a provider must not get away with: each leads to a page that says so, and to no account.</summary>
public sealed class RefusedAnswers(RefusedAnswers.SingleTenantServer portal) : IClassFixture<RefusedAnswers.SingleTenantServer>
{
    private static readonly string[] Providers = ["Microsoft", "Institute of Ice"];

    public static TheoryData<Forgery> Forgeries => [.. Enum.GetValues<Forgery>().Where(forgery => forgery != Forgery.None)];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task An_answer_that_is_not_genuine_makes_no_account(Forgery forgery)
    {
        (portal.Entra.Forgery, portal.Plain.Forgery) = (forgery, forgery);
        try
        {
            await using var context = await portal.VisitAsync();
            var visitor = new PortalVisitor(await context.NewPageAsync());
            foreach (var provider in Providers)
            {
                await visitor.ComeThroughAsync(provider, portal.PersonAt(provider));
                await visitor.SeeAsync(forgery == Forgery.Outage ? $"{provider} does not answer at the moment." : $"The answer of {provider} could not be accepted");
            }

            await new PageSight(visitor.Page).LookAsync($"sign-in-refused-{forgery}");
        }
        finally
        {
            (portal.Entra.Forgery, portal.Plain.Forgery) = (Forgery.None, Forgery.None);
        }

        Assert.Empty(await portal.Server.UserNamesAsync());
    }

    [Fact]
    public async Task Somebody_of_another_tenant_is_refused_by_the_issuer()
    {
        await using var context = await portal.VisitAsync();
        var visitor = new PortalVisitor(await context.NewPageAsync());
        await visitor.ComeThroughAsync("Microsoft", portal.Stranger);
        await visitor.SeeAsync("The answer of Microsoft could not be accepted");
        Assert.Empty(await portal.Server.UserNamesAsync());
    }

    [Fact]
    public async Task An_answer_works_once_and_only_in_the_browser_that_asked()
    {
        await using var context = await portal.VisitAsync();
        var visitor = new PortalVisitor(await context.NewPageAsync());
        var answers = new List<string>();
        visitor.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/sign-in/callback/", StringComparison.Ordinal))
                answers.Add(request.Url);
        };
        foreach (var provider in Providers)
        {
            await visitor.ComeThroughAsync(provider, portal.PersonAt(provider));
            await visitor.SeeHeadingAsync($"Welcome, {portal.PersonAt(provider).Name}");
        }

        await using var elsewhere = await portal.VisitAsync();
        foreach (var browser in new[] { visitor, new PortalVisitor(await elsewhere.NewPageAsync()) })
        {
            foreach (var answer in answers.Take(Providers.Length).ToList())
            {
                await browser.GoAsync(answer);
                await browser.SeeAsync("came too late, twice, or from another browser");
            }
        }
    }

    [Fact]
    public async Task Saying_no_and_a_provider_that_is_away_lead_back_with_a_sentence()
    {
        await using var context = await portal.VisitAsync();
        var visitor = new PortalVisitor(await context.NewPageAsync());
        foreach (var provider in Providers)
        {
            await visitor.GoAsync("/sign-in");
            await visitor.FollowAsync($"Sign in with {provider}");
            await visitor.PressAsync("Cancel");
            await visitor.SeeAsync($"{provider} did not sign you in");
        }

        await visitor.FollowAsync("Sign in with Nowhere");
        await visitor.SeeAsync("Nowhere does not answer at the moment.");
        await visitor.GoAsync("/sign-in/with/unknown");
        await visitor.SeeHeadingAsync("Nothing here");
        Assert.Empty(await portal.Server.UserNamesAsync());
    }

    /// <summary>A server for one tenant of Entra ID, a plain provider, and one that is not there. Nobody has an account, and nobody gets one.</summary>
    public sealed class SingleTenantServer : IAsyncLifetime
    {
        private const string Nowhere = "RepoPortal__SignIn__Providers__nowhere__";

        private readonly Chromium _chromium = new();
        private readonly Scratch _scratch = new();

        public OpenProvider Entra { get; private set; } = null!;

        public OpenProvider Plain { get; private set; } = null!;

        public RunningServer Server { get; private set; } = null!;

        public ProviderPerson Stranger { get; } = new("sam@strange.example") { Tenant = ProvidedServer.Strange, Name = "Sam", Email = "sam@strange.example" };

        private ProviderPerson Ida { get; } = new("ida@ice.example") { Name = "Ida", Email = "ida@ice.example" };

        private ProviderPerson Otto { get; } = new("otto@home.example") { Tenant = ProvidedServer.Home, Name = "Otto", Email = "otto@home.example" };

        public ProviderPerson PersonAt(string provider) => provider == "Microsoft" ? Otto : Ida;

        public async ValueTask InitializeAsync()
        {
            Entra = await OpenProvider.StartAsync(ProvidedServer.Home, ProvidedServer.Strange);
            Plain = await OpenProvider.StartAsync();
            Entra.Add(Otto);
            Entra.Add(Stranger);
            Plain.Add(Ida);
            Server = await ProvidedServer.StartServerAsync(
                _scratch, Entra, Plain, $"AzureAd__TenantId={ProvidedServer.Home}", $"{Nowhere}Name=Nowhere", $"{Nowhere}Authority=https://localhost:9/", $"{Nowhere}ClientId=x");
            await _chromium.InitializeAsync();
        }

        /// <summary>A browser with cookies of its own.</summary>
        public Task<IBrowserContext> VisitAsync() => _chromium.VisitAsync(Server.Address);

        public async ValueTask DisposeAsync()
        {
            await _chromium.DisposeAsync();
            if (Server is not null)
                await Server.DisposeAsync();
            foreach (var provider in new[] { Entra, Plain }.OfType<OpenProvider>())
                await provider.DisposeAsync();
            _scratch.Dispose();
        }
    }
}
