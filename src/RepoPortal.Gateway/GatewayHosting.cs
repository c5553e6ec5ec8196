using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RepoPortal.Gateway.Authentication;
using RepoPortal.Gateway.Claims;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.Forwarding;
using RepoPortal.Gateway.InFlight;
using RepoPortal.Gateway.Refusals;
using RepoPortal.Gateway.Targets;
using RepoPortal.Gateway.Throttling;
using RepoPortal.Gateway.Usage;

namespace RepoPortal.Gateway;

/// <summary>Puts the gateway into a server.</summary>
public static class GatewayHosting
{
    /// <summary>Registers the gateway. Needs an Orleans silo or client in the same services, for <c>IGrainFactory</c>.</summary>
    public static IHostApplicationBuilder AddGateway(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidation>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpForwarder();
        services.AddMetrics();
        services.AddSingleton<SnapshotLease>();
        services.AddSingleton<AccessSnapshots>();
        services.AddSingleton<AccessObserver>();
        services.AddHostedService<AccessSubscription>();
        services.AddSingleton<ForwardedRequests>();
        services.AddSingleton<Admission>();
        services.AddSingleton<InFlightReview>();
        services.AddHostedService(provider => provider.GetRequiredService<InFlightReview>());
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<NodeEndpoints>();
        services.AddSingleton<NodeConnections>();
        services.AddSingleton<UpstreamPools>();
        services.AddSingleton<RepositoryForwarder>();
        services.AddSingleton<PathSights>();
        services.AddSingleton<ClaimGuard>();
        services.AddSingleton<Concealment>();
        services.AddSingleton(new UsageCounts());
        services.AddSingleton<UsageMeter>();
        services.AddSingleton<UsageReporter>();
        services.AddHostedService(provider => provider.GetRequiredService<UsageReporter>());
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<RepositoryRequests>();
        return builder;
    }

    /// <summary>
    /// Answers everything at and under <c>/repos</c>, told by the request target as the client sent it. To be placed before routing and before everything that
    /// reads the decoded path; after forwarded headers, if the server trusts a proxy before it.
    /// </summary>
    public static IApplicationBuilder UseGateway(this IApplicationBuilder app)
    {
        var requests = app.ApplicationServices.GetRequiredService<RepositoryRequests>();
        return app.Use(next => context =>
        {
            var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            return RequestTarget.IsForGateway(rawTarget) ? requests.Handle(context, rawTarget) : next(context);
        });
    }
}
