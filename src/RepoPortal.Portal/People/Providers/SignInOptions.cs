using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.People.Providers;

/// <summary>The section <c>RepoPortal:SignIn</c>: who vouches for people besides this site, and what their people are here.</summary>
public sealed partial class SignInOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "RepoPortal:SignIn";

    /// <summary>OpenID Connect providers by a key of our own, which is kept for ever: the record knows people by it. Entra ID has the section <c>AzureAd</c>.</summary>
    public IDictionary<string, ProviderOptions> Providers { get; } = new Dictionary<string, ProviderOptions>(StringComparer.Ordinal);

    /// <summary>Who is what at a first sign-in, the first rule that fits decides; when none does, the provider's own <see cref="ProviderOptions.People"/>.</summary>
    public IList<ArrivalRule> Rules { get; } = [];

    /// <summary>How often a provider is asked whether somebody is still somebody there, 1 second to 1 day.</summary>
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long somebody who signs in through providers only may go on without any of them having confirmed it, by a sign-in or by
    /// <see cref="RecheckInterval"/>; 1 hour to 400 days.
    /// </summary>
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RecheckInterval < TimeSpan.FromSeconds(1) || RecheckInterval > TimeSpan.FromDays(1))
            yield return new ValidationResult($"{Section}:RecheckInterval is '{RecheckInterval}'; allowed is 1 second to 1 day.");
        if (ConfirmWithin < TimeSpan.FromHours(1) || ConfirmWithin > TimeSpan.FromDays(400))
            yield return new ValidationResult($"{Section}:ConfirmWithin is '{ConfirmWithin}'; allowed is 1 hour to 400 days.");
        foreach (var (key, provider) in Providers)
        {
            if (key == EntraOptions.Key || !Key().IsMatch(key))
                yield return new ValidationResult($"{Section}:Providers:{key}: a key is 2 to 20 lower-case letters and digits, starting with a letter, and not '{EntraOptions.Key}', which is the section '{EntraOptions.Section}'.");
            foreach (var sentence in provider.Refuse($"{Section}:Providers:{key}"))
                yield return new ValidationResult(sentence);
        }

        foreach (var rule in Rules.Where(rule => rule.Provider is { } provider && provider != EntraOptions.Key && !Providers.ContainsKey(provider)))
            yield return new ValidationResult($"{Section}:Rules: there is no provider '{rule.Provider}'.");
    }

    // Also what a group's name begins with and what a session's method is; never one of SessionMethod's words.
    [GeneratedRegex("^(?!password$|passkey$)[a-z][a-z0-9]{1,19}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}

/// <summary>One OpenID Connect provider: CILogon, ORCID, Globus, Keycloak, an institute's own.</summary>
public class ProviderOptions
{
    /// <summary>What people call it, such as <c>ORCID</c>: on the button "Sign in with …".</summary>
    public string Name { get; set; } = "";

    /// <summary>One of the icons under <c>wwwroot/lib/bootstrap-icons</c>.</summary>
    public string Icon { get; set; } = "building";

    /// <summary>The provider's issuer, below which <c>/.well-known/openid-configuration</c> lies.</summary>
    public string? Authority { get; set; }

    /// <summary>What this site is called at the provider.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret that the provider gave this site.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What is asked for, separated by spaces. With <c>offline_access</c> a provider that grants it can be asked again later.</summary>
    public string Scopes { get; set; } = "openid profile email offline_access";

    /// <summary>What its people are here when no rule says otherwise.</summary>
    public ArrivalKind People { get; set; } = ArrivalKind.External;

    /// <summary>True when the provider vouches for every address it names, without saying <c>email_verified</c>.</summary>
    public bool TrustsEmail { get; set; }

    /// <summary>The claim that names somebody's groups; unset: groups are left alone.</summary>
    public string? GroupsClaim { get; set; }

    /// <summary>What the groups are called here. A value without a name here becomes <c>{key}-{value}</c> if that can be a group's name, and nothing otherwise.</summary>
    public IList<GroupMapping> Groups { get; } = [];

    /// <summary>Where the provider is, and the name of the setting that says so.</summary>
    internal virtual (string Setting, string? Value) Address => (nameof(Authority), Authority);

    /// <summary>A sentence for everything that is not allowed.</summary>
    internal virtual IEnumerable<string> Refuse(string section)
    {
        if (PlainText.Refuse(Name, $"{section}:Name", 40) is { } sentence)
            yield return sentence;
        if (Name.Trim().Length == 0)
            yield return $"{section}:Name is empty; it is what people are shown, such as 'ORCID'.";
        if (!Icons.Exists(Icon))
            yield return $"{section}:Icon is '{Icon}'; allowed is one of those in wwwroot/lib/bootstrap-icons, such as 'building', 'mortarboard', 'person-badge' or 'globe2'.";
        if (!IsSafe(Address.Value))
            yield return $"{section}:{Address.Setting} is '{Address.Value}'; it is an address beginning with https://.";
        if (string.IsNullOrWhiteSpace(ClientId))
            yield return $"{section}:ClientId is not set; the provider tells it when this site is registered there.";
        if (!Scopes.Split(' ').Contains("openid"))
            yield return $"{section}:Scopes is '{Scopes}'; without 'openid' nobody is identified.";
        foreach (var group in Groups.Where(group => string.IsNullOrEmpty(group.Claim) || !GroupName.TryParse(group.Name, out _, out _)))
            yield return $"{section}:Groups: '{group.Claim}' is to be called '{group.Name}', which is not a group's name: 2 to 32 characters out of a-z 0-9 - _ . starting with a letter.";
    }

    // Over plain HTTP anybody on the way could say who somebody is; on the machine itself there is no way.
    private static bool IsSafe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}

/// <summary>What a group of a provider is called here.</summary>
public sealed class GroupMapping
{
    /// <summary>The claim's value, such as the object id of a group in Entra ID.</summary>
    public string Claim { get; set; } = "";

    /// <summary>The group's name here.</summary>
    public string Name { get; set; } = "";
}

/// <summary>Reads the sections once, when the process is put together: the providers are parts of it.</summary>
internal static class SignInConfiguration
{
    internal static SignInOptions SignIn(this IConfiguration configuration) => configuration.GetSection(SignInOptions.Section).Get<SignInOptions>() ?? new();

    /// <summary>Entra ID; null when it is not configured.</summary>
    internal static EntraOptions? Entra(this IConfiguration configuration) => configuration.GetSection(EntraOptions.Section).Get<EntraOptions>();
}
