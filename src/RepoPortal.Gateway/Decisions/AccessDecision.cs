using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.Refusals;

namespace RepoPortal.Gateway.Decisions;

/// <summary>May this person do this to this repository, now?</summary>
internal static class AccessDecision
{
    /// <summary>Null when the request may go on.</summary>
    /// <param name="route">The repository; null when there is none.</param>
    /// <param name="who">Whose token was shown; null without credentials.</param>
    /// <param name="access">What the request wants.</param>
    internal static Refusal? Decide(RepositoryRoute? route, TokenHolder? who, RequestedAccess access)
    {
        var level = route?.AccessOf(who?.User) ?? AccessLevel.None;
        if (who?.Repositories is { } named && route is not null && !named.Contains(route.Copy.Repository))
            level = AccessLevel.None; // a token for named repositories does not even show that there are others
        if (who is null && (level == AccessLevel.None || access == RequestedAccess.Write))
            return Refusal.SignIn;
        if (level == AccessLevel.None)
            return Refusal.NoSuchRepository;
        if (access == RequestedAccess.Write && level < AccessLevel.Write)
            return Refusal.MayOnlyRead;
        if (access == RequestedAccess.Write && who!.ReadOnly)
            return Refusal.TokenMayOnlyRead;
        if (access == RequestedAccess.Write && route!.ArchivedAt is { } since)
            return Refusal.Archived(route.Name, since);
        return route!.State switch
        {
            RepositoryState.Ready => null,
            RepositoryState.Failed => Refusal.CouldNotBeMade,
            _ => Refusal.BeingMade,
        };
    }
}
