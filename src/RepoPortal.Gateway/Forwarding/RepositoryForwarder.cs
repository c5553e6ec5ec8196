using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.InFlight;
using RepoPortal.Gateway.Refusals;
using RepoPortal.Gateway.Usage;
using Yarp.ReverseProxy.Forwarder;

namespace RepoPortal.Gateway.Forwarding;

/// <summary>Passes a decided request to the storage node that holds the repository, and its answer back, neither of them buffered or limited.</summary>
internal sealed class RepositoryForwarder(
    IHttpForwarder forwarder, UpstreamPools pools, UsageMeter usage, IOptions<GatewayOptions> options, ILogger<RepositoryForwarder> log)
{
    private readonly ForwarderRequestConfig _config = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = options.Value.ActivityTimeout,
        AllowResponseBuffering = false,
    };

    internal async Task Forward(HttpContext context, ForwardedRequest request, RepositoryTransformer transformer)
    {
        LiftLimits(context.Features);
        var pool = pools.Rent(request.Route);
        var reading = usage.Begin(context);
        try
        {
            var error = await forwarder.SendAsync(context, "http://node/", pool.Invoker, _config, transformer);
            if (error != ForwarderError.None)
                await Tell(context, request.Route, error);
        }
        finally
        {
            usage.End(reading, context, request);
            pools.Return(pool);
        }
    }

    // Commits of any size over lines of any speed, and reports that take their time.
    private static void LiftLimits(IFeatureCollection features)
    {
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate)
            requestRate.MinDataRate = null;
        if (features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate)
            responseRate.MinDataRate = null;
    }

    private Task Tell(HttpContext context, RepositoryRoute route, ForwarderError error)
    {
        var failure = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        if (context.RequestAborted.IsCancellationRequested)
            return Task.CompletedTask;
        if (error == ForwarderError.RequestBodyClient && !context.Response.HasStarted)
            return RefusalResponse.Write(context, Refusal.Malformed("The body of the request is malformed or broke off."));
        log.LogWarning(failure, "storage node {Node} failed a request for {Repository}: {Error}", route.Node, route.Name, error);
        if (context.Response.HasStarted)
            return Task.CompletedTask; // YARP has broken off the connection: the client must not take this for a whole answer
        var away = failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
        return RefusalResponse.Write(context, away ? Refusal.NodeAway : Refusal.NodeBroke);
    }
}
