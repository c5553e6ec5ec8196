using System.Security.Claims;
using Microsoft.Extensions.Configuration;
using RepoPortal.Portal.People.Providers;

namespace RepoPortal.Tests.Portal.People.Providers;

/// <summary>What follows from claims, and what does not.</summary>
public sealed class ProvidedIdentityTests
{
    private const string Tenant = "11111111-0000-4000-8000-000000000001";

    private static readonly SignInProvider Entra = new(EntraOptions.Key, new EntraOptions { GroupsClaim = "groups" });

    private static readonly SignInProvider Institute = new("institute", new ProviderOptions { GroupsClaim = "groups" });

    [Fact]
    public void Entra_people_are_known_by_tenant_and_object_and_never_by_sub()
    {
        var said = Of(Entra, ("tid", Tenant), ("oid", "o"), ("sub", "s"), ("preferred_username", "olga@home.example"));
        Assert.Equal(($"{Tenant}.o", Tenant, "olga@home.example"), (said.Subject, said.Tenant, said.UserName));
        Assert.Throws<FormatException>(() => Of(Entra, ("tid", Tenant), ("sub", "s")));
        Assert.Throws<FormatException>(() => Of(Institute, ("oid", "o")));
    }

    [Fact]
    public void An_address_counts_only_when_the_provider_says_that_it_is_verified()
    {
        // Whoever administers any tenant can write this address into an account.
        Assert.Null(Of(Entra, ("tid", Tenant), ("oid", "o"), ("email", "victim@lab.example"), ("email_verified", "true")).VerifiedEmail);
        Assert.Equal("olga@home.example", Of(Entra, ("tid", Tenant), ("oid", "o"), ("email", "olga@home.example"), ("xms_edov", "1")).VerifiedEmail?.Value);
        Assert.Null(Of(Institute, ("sub", "s"), ("email", "a@ice.example")).VerifiedEmail);
        Assert.Null(Of(Institute, ("sub", "s"), ("email", "a@ice.example"), ("email_verified", "false")).VerifiedEmail);
        Assert.Equal("a@ice.example", Of(Institute, ("sub", "s"), ("email", "a@ice.example"), ("email_verified", "True")).VerifiedEmail?.Value);
        Assert.Equal("a@ice.example", Of(new SignInProvider("x", new ProviderOptions { TrustsEmail = true }), ("sub", "s"), ("email", "a@ice.example")).VerifiedEmail?.Value);
        Assert.Null(Of(Institute, ("sub", "s"), ("email", "no address"), ("email_verified", "true")).VerifiedEmail);
    }

    [Theory]
    [InlineData("acct", "1", true)]
    [InlineData("acct", "0", false)]
    [InlineData("idp", "https://elsewhere.example/", true)]
    [InlineData("idp", "https://issuer.example/", false)]
    [InlineData("preferred_username", "gil_else.example#EXT#@home.example", true)]
    [InlineData("preferred_username", "olga@home.example", false)]
    public void A_guest_of_a_tenant_is_known_as_one(string claim, string value, bool isGuest) =>
        Assert.Equal(isGuest, Of(Entra, ("tid", Tenant), ("oid", "o"), (claim, value)).IsGuest);

    [Fact]
    public void Groups_are_taken_as_they_are_and_nothing_follows_when_there_were_too_many_to_name()
    {
        Assert.Equal(["a", "b"], Of(Institute, ("sub", "s"), ("groups", "a"), ("groups", "b"), ("groups", "a")).Groups);
        Assert.Empty(Of(Institute, ("sub", "s")).Groups!);
        Assert.Null(Of(Entra, ("tid", Tenant), ("oid", "o"), ("_claim_names", "{\"groups\":\"src1\"}")).Groups);
        Assert.Null(Of(new SignInProvider("x", new ProviderOptions()), ("sub", "s"), ("groups", "a")).Groups);
    }

    [Fact]
    public void The_first_rule_that_fits_says_what_somebody_is_made()
    {
        var providers = new SignInProviders(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureAd:ClientId"] = "portal",
            ["AzureAd:TenantId"] = Tenant,
            ["RepoPortal:SignIn:Providers:institute:People"] = "External",
            ["RepoPortal:SignIn:Providers:institute:GroupsClaim"] = "groups",
            ["RepoPortal:SignIn:Rules:0:People"] = "Internal",
            ["RepoPortal:SignIn:Rules:0:Group"] = "staff",
            ["RepoPortal:SignIn:Rules:1:People"] = "Invited",
            ["RepoPortal:SignIn:Rules:1:Provider"] = "institute",
            ["RepoPortal:SignIn:Rules:1:EmailDomain"] = "ice.example",
        }).Build());

        Assert.Equal(ArrivalKind.Internal, providers.KindOf(Of(Institute, ("sub", "s"), ("groups", "staff"), ("email", "a@ice.example"), ("email_verified", "true"))));
        Assert.Equal(ArrivalKind.Invited, providers.KindOf(Of(Institute, ("sub", "s"), ("email", "a@ICE.example"), ("email_verified", "true"))));
        Assert.Equal(ArrivalKind.External, providers.KindOf(Of(Institute, ("sub", "s"), ("email", "a@ice.example"))));
        Assert.Equal(ArrivalKind.External, providers.KindOf(Of(Institute, ("sub", "s"), ("email", "a@notice.example"), ("email_verified", "true"))));
        Assert.Equal(ArrivalKind.Internal, providers.KindOf(Of(Entra, ("tid", Tenant), ("oid", "o"))));
        Assert.Equal(ArrivalKind.External, providers.KindOf(Of(Entra, ("tid", Tenant), ("oid", "o"), ("acct", "1"))));
    }

    private static ProvidedIdentity Of(SignInProvider provider, params (string Type, string Value)[] claims) =>
        ProvidedIdentity.Of(provider, "https://issuer.example/", new ClaimsPrincipal(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)))));
}
