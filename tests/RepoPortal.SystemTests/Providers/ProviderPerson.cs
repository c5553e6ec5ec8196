using System.Security.Claims;
using OpenIddict.Abstractions;

namespace RepoPortal.SystemTests.Providers;

/// <summary>Somebody with an account at the provider of the tests. What changes is what an administrator there would change.</summary>
public sealed class ProviderPerson(string login)
{
    private static readonly string[] Everywhere = [OpenIddictConstants.Destinations.IdentityToken, OpenIddictConstants.Destinations.AccessToken];

    public string Login => login;

    /// <summary>What they are known by for ever; at an Entra-like provider their object id.</summary>
    public string Subject { get; } = Guid.NewGuid().ToString();

    public string? Name { get; set; }

    public string? Email { get; set; }

    /// <summary>Whether the provider says that it has verified the address: <c>email_verified</c>, or <c>xms_edov</c> of Entra ID.</summary>
    public bool IsEmailVerified { get; set; } = true;

    public ICollection<string> Groups { get; } = [];

    /// <summary>The tenant they sign in to, at an Entra-like provider; null at a plain one.</summary>
    public string? Tenant { get; set; }

    /// <summary>Whether they are a guest (B2B) in that tenant.</summary>
    public bool IsGuest { get; set; }

    /// <summary>Whether the account is closed: no sign-in, no refresh.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>What tokens say about them now.</summary>
    public IEnumerable<Claim> Claims()
    {
        var told = new List<(string Type, string? Value)>
        {
            ("sub", Tenant is null ? Subject : $"pairwise-{Subject}"), ("name", Name), ("preferred_username", Login), ("email", Email),
        };
        if (Tenant is { } tenant)
            told.AddRange([("tid", tenant), ("oid", Subject), ("ver", "2.0"), ("acct", IsGuest ? "1" : "0"), ("xms_edov", IsEmailVerified ? "1" : null)]);
        else
            told.Add(("email_verified", Email is null ? null : IsEmailVerified ? "true" : "false"));
        told.AddRange(Groups.Select(group => ("groups", (string?)group)));
        foreach (var (type, value) in told.Where(claim => claim.Value is not null))
            yield return new Claim(type, value!, type == "email_verified" ? ClaimValueTypes.Boolean : ClaimValueTypes.String).SetDestinations(Everywhere);
    }
}
