using Microsoft.Extensions.Configuration;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Somebody who vouches for people, as the rest of the portal knows them.</summary>
/// <param name="Key">What the record calls it; also the name of its authentication scheme.</param>
/// <param name="Options">How it was configured.</param>
internal sealed record SignInProvider(string Key, ProviderOptions Options)
{
    internal string Name => Options.Name;

    internal string Icon => Options.Icon;

    /// <summary>Where a sign-in through it begins; the browser is sent on from there.</summary>
    internal string Begin(string? returnUrl) => LocalAddress.Of($"{ProviderEndpoints.BeginPath}/{Key}", ("returnUrl", returnUrl));
}

/// <summary>Every provider that is configured, Entra ID first and the others by their names.</summary>
internal sealed class SignInProviders
{
    private readonly SignInOptions _options;

    public SignInProviders(IConfiguration configuration)
    {
        _options = configuration.SignIn();
        All =
        [
            .. configuration.Entra() is { } entra ? [new SignInProvider(EntraOptions.Key, entra)] : Array.Empty<SignInProvider>(),
            .. _options.Providers.Select(pair => new SignInProvider(pair.Key, pair.Value)).OrderBy(provider => provider.Name, StringComparer.CurrentCultureIgnoreCase),
        ];
    }

    internal IReadOnlyList<SignInProvider> All { get; }

    /// <summary>The one of that key; null when none is configured (any more).</summary>
    internal SignInProvider? Find(string key) => All.FirstOrDefault(provider => provider.Key == key);

    /// <summary>What people call it, or its key when it is not configured any more.</summary>
    internal string NameOf(string key) => Find(key)?.Name ?? key;

    /// <summary>What somebody is made who comes for the first time.</summary>
    internal ArrivalKind KindOf(ProvidedIdentity who) =>
        _options.Rules.FirstOrDefault(rule => rule.Fits(who))?.People
        // Guests of a tenant are not its people, whatever its people are.
        ?? (who.IsGuest && Find(who.Provider)!.Options.People == ArrivalKind.Internal ? ArrivalKind.External : Find(who.Provider)!.Options.People);
}
