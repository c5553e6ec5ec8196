using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Why a sign-in through a provider came to nothing.</summary>
internal enum ProviderRefusal
{
    /// <summary>The person said no at the provider, or the provider did.</summary>
    Declined,

    /// <summary>The answer does not belong to a sign-in that was begun in this browser a short while ago: too late, twice, or from elsewhere.</summary>
    Lost,

    /// <summary>The provider's answer is not genuine, not for this site, or not valid any more.</summary>
    NotAccepted,

    /// <summary>The provider does not answer.</summary>
    Away,

    /// <summary>They come from a tenant whose people are not let in.</summary>
    OtherTenant,

    /// <summary>The identity belongs to somebody else's account here.</summary>
    Taken,

    /// <summary>Their account is suspended, or its time is over.</summary>
    NotLetIn,
}

/// <summary>Tells the reasons apart, and says them.</summary>
internal static class ProviderRefusals
{
    /// <summary>What an exception on the way means to the person.</summary>
    internal static ProviderRefusal Of(Exception? failure) => failure switch
    {
        TenantNotAllowedException => ProviderRefusal.OtherTenant,
        SecurityTokenException or OpenIdConnectProtocolException or FormatException => ProviderRefusal.NotAccepted,
        not null when IsAway(failure) => ProviderRefusal.Away,
        { InnerException: { } inner } => Of(inner),
        _ => ProviderRefusal.Lost,
    };

    /// <summary>Whether the provider could not be reached, or answered with nothing that could be read in time.</summary>
    internal static bool IsAway(Exception failure) =>
        failure is HttpRequestException or IOException or TimeoutException or OperationCanceledException || (failure.InnerException is { } inner && IsAway(inner));

    internal static string Sentence(ProviderRefusal refusal, string provider) => refusal switch
    {
        ProviderRefusal.Declined => $"{provider} did not sign you in: you cancelled, or it says no. Nothing was changed here; try again, or ask there.",
        ProviderRefusal.Lost => $"The answer of {provider} came too late, twice, or from another browser. Nothing was changed; begin once more.",
        ProviderRefusal.NotAccepted => $"The answer of {provider} could not be accepted, so you are not signed in. If it happens again, tell an administrator: the log has the particulars.",
        ProviderRefusal.Away => $"{provider} does not answer at the moment. Nothing was changed; try again in a few minutes.",
        ProviderRefusal.OtherTenant => $"Your organisation's {provider} accounts are not let in here. Ask whoever invited you which account they expect.",
        ProviderRefusal.NotLetIn => $"{provider} knows you, but your account here is suspended or its time is over. Ask whoever invited you, or an administrator.",
        _ => $"What you are at {provider} is joined to another account here. Sign in through {provider} to use that one.",
    };
}

/// <summary>Somebody of a tenant whose people are not let in.</summary>
internal sealed class TenantNotAllowedException(string? tenant) : Exception($"the tenant '{tenant}' is not among those allowed");
