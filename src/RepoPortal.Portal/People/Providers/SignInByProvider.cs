using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.Providers;

/// <summary>How far somebody has come who came back from a provider.</summary>
internal enum ProviderStep
{
    /// <summary>They are in.</summary>
    SignedIn,

    /// <summary>No account is joined to that identity yet.</summary>
    Unknown,

    /// <summary>The identity belongs to another account than the one that is signed in.</summary>
    Taken,

    /// <summary>Their account is suspended, or its time is over.</summary>
    NotLetIn,
}

/// <summary>Signs somebody in whom a provider has vouched for, and takes over what it said about them.</summary>
internal sealed class SignInByProvider(FollowProvider follow, BeginSession begin)
{
    /// <param name="returned">Who came back.</param>
    /// <param name="present">Who is signed in in this browser already; nobody as a rule.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<ProviderStep> ExecuteAsync(ReturnedPerson returned, Actor present, CancellationToken cancellationToken)
    {
        if (await follow.FindOwnerAsync(returned.Identity, cancellationToken) is not { } owner)
            return ProviderStep.Unknown;
        if (present.UserId is { } signedIn && signedIn != owner)
            return ProviderStep.Taken;
        var user = await follow.ExecuteAsync(returned.Identity, returned.RefreshToken, isSignIn: true, cancellationToken);
        if (user is null)
            return ProviderStep.Unknown;
        if (present.UserId is not null)
            return ProviderStep.SignedIn;
        var begun = await begin.ExecuteAsync(user, returned.Identity.Provider, remember: false, cancellationToken);
        return begun.Refusal is null ? ProviderStep.SignedIn : ProviderStep.NotLetIn;
    }
}
