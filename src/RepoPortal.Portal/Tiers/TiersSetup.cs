using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Tiers.Drift;
using RepoPortal.Portal.Tiers.Edit;
using RepoPortal.Portal.Tiers.Quotas;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Tiers;

/// <summary>What there is of tiers: editing, asking, quotas, drift.</summary>
internal static class TiersSetup
{
    /// <summary>The use cases.</summary>
    internal static void AddTiers(this IServiceCollection services)
    {
        services.AddScoped<ListTiers>();
        services.AddSingleton<FindDrift>();
        services.AddScoped<AnswerDrift>();
        services.AddScoped<ListDrift>();
        services.AddScoped<SaveTier>();
        services.AddScoped<RemoveTier>();
        services.AddScoped<SetRepositoryQuota>();
        services.AddScoped<TierRequestMail>();
        services.AddScoped<FileTierRequest>();
        services.AddScoped<RequestTier>();
        services.AddScoped<DecideTierRequest>();
        services.AddScoped<ListTierRequests>();
    }

    /// <summary>What works in the background.</summary>
    internal static void AddTiersWork(this IServiceCollection services)
    {
        services.AddHostedService<QuotaWarnings>();
        services.AddHostedService<DriftRounds>();
    }
}
