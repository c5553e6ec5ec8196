using System.ComponentModel.DataAnnotations;
using RepoPortal.Portal.People.Providers;

namespace RepoPortal.Tests.Portal.People.Providers;

/// <summary>What cannot work is refused at start, with a sentence that names the setting.</summary>
public sealed class SignInOptionsTests
{
    [Fact]
    public void Takes_a_provider_with_name_authority_and_client() => Assert.Empty(Refusals(_ => { }));

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Icon", "no-such-icon")]
    [InlineData("Authority", "http://cilogon.example/")]
    [InlineData("Authority", "cilogon.example")]
    [InlineData("ClientId", "")]
    [InlineData("Scopes", "profile email")]
    public void Refuses_what_cannot_work(string setting, string value)
    {
        var refusal = Assert.Single(Refusals(provider => typeof(ProviderOptions).GetProperty(setting)!.SetValue(provider, value)));
        Assert.StartsWith($"RepoPortal:SignIn:Providers:ice:{setting} is ", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entra")]
    [InlineData("ORCID")]
    [InlineData("password")]
    [InlineData("a-b")]
    public void Refuses_a_key_that_means_something_else(string key)
    {
        var options = new SignInOptions { Providers = { [key] = Ice() } };
        Assert.Single(options.Validate(new ValidationContext(options)));
    }

    [Fact]
    public void Refuses_rules_about_a_provider_that_is_not_there_and_groups_that_cannot_be_called_so()
    {
        var options = new SignInOptions { Providers = { ["ice"] = Ice() }, Rules = { new ArrivalRule { Provider = "snow" } } };
        options.Providers["ice"].Groups.Add(new GroupMapping { Claim = "a", Name = "A Group" });
        Assert.Equal(2, options.Validate(new ValidationContext(options)).Count());
    }

    [Fact]
    public void Takes_one_tenant_or_those_listed_and_never_every_organisation_in_the_world()
    {
        Assert.Empty(Entra("11111111-0000-4000-8000-000000000001").Refuse("AzureAd"));
        Assert.Empty(Entra("organizations", "11111111-0000-4000-8000-000000000001").Refuse("AzureAd"));
        Assert.Contains("every organisation", Assert.Single(Entra("common").Refuse("AzureAd")), StringComparison.Ordinal);
        Assert.Contains("by its id", Assert.Single(Entra("organizations", "contoso.example").Refuse("AzureAd")), StringComparison.Ordinal);
        Assert.Contains("TenantId", Assert.Single(Entra(tenant: null).Refuse("AzureAd")), StringComparison.Ordinal);
    }

    private static List<string?> Refusals(Action<ProviderOptions> change)
    {
        var provider = Ice();
        change(provider);
        var options = new SignInOptions { Providers = { ["ice"] = provider } };
        return [.. options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage)];
    }

    private static ProviderOptions Ice() => new() { Name = "Ice", Authority = "https://ice.example/", ClientId = "portal" };

    private static EntraOptions Entra(string? tenant, params string[] allowed)
    {
        var options = new EntraOptions { TenantId = tenant, ClientId = "portal" };
        foreach (var one in allowed)
            options.AllowedTenants.Add(one);
        return options;
    }
}
