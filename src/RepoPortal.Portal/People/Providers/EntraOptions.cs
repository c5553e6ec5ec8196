using Microsoft.Extensions.Options;

namespace RepoPortal.Portal.People.Providers;

/// <summary>
/// The section <c>AzureAd</c>: Entra ID. Read by Microsoft.Identity.Web under its own names (<c>Instance</c>, <c>TenantId</c>, <c>ClientId</c>,
/// <c>ClientSecret</c>, <c>CallbackPath</c>), and by us for what it does not know.
/// </summary>
public sealed class EntraOptions : ProviderOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "AzureAd";

    /// <summary>The key by which the record knows its people.</summary>
    public const string Key = "entra";

    private static readonly string[] ManyTenants = ["common", "organizations", "consumers"];

    /// <summary>Made with what is usual at Entra ID.</summary>
    public EntraOptions()
    {
        Name = "Microsoft";
        Icon = "microsoft";
        People = ArrivalKind.Internal;
    }

    /// <summary>Where Entra ID is.</summary>
    public string Instance { get; set; } = "https://login.microsoftonline.com/";

    /// <summary>The tenant's id, or <c>organizations</c> with <see cref="AllowedTenants"/>.</summary>
    public string? TenantId { get; set; }

    /// <summary>The ids of the tenants whose people are let in, when <see cref="TenantId"/> names none.</summary>
    public IList<string> AllowedTenants { get; } = [];

    internal override (string Setting, string? Value) Address => (nameof(Instance), Instance);

    /// <summary>Whether people of that tenant are let in. Of a single tenant the issuer is checked, which is that tenant's own.</summary>
    internal bool Allows(string? tenant) => AllowedTenants.Count == 0 || AllowedTenants.Contains(tenant, StringComparer.OrdinalIgnoreCase);

    internal override IEnumerable<string> Refuse(string section)
    {
        foreach (var sentence in base.Refuse(section))
            yield return sentence;
        if (string.IsNullOrWhiteSpace(TenantId))
            yield return $"{section}:TenantId is not set; it is the directory's id, or 'organizations' with {section}:AllowedTenants.";
        else if (ManyTenants.Contains(TenantId, StringComparer.OrdinalIgnoreCase) && AllowedTenants.Count == 0)
            yield return $"{section}:TenantId is '{TenantId}', which lets in every organisation in the world; list those meant in {section}:AllowedTenants.";
        foreach (var tenant in AllowedTenants.Where(tenant => !Guid.TryParse(tenant, out _)))
            yield return $"{section}:AllowedTenants has '{tenant}'; a tenant is named by its id, such as 72f988bf-86f1-41af-91ab-2d7cd011db47.";
    }
}

/// <summary>Refuses at start what Entra ID could not work with.</summary>
internal sealed class EntraOptionsValidation : IValidateOptions<EntraOptions>
{
    public ValidateOptionsResult Validate(string? name, EntraOptions options) =>
        options.Refuse(EntraOptions.Section).ToList() is { Count: > 0 } sentences ? ValidateOptionsResult.Fail(sentences) : ValidateOptionsResult.Success;
}
