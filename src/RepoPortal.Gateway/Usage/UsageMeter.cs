using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using RepoPortal.Gateway.InFlight;

namespace RepoPortal.Gateway.Usage;

/// <summary>Counts one forwarded request: whose it was, and the bytes of its bodies.</summary>
internal sealed class UsageMeter(UsageCounts counts, IOptions<GatewayOptions> options, TimeProvider time)
{
    private readonly bool _counts = options.Value.CountUsage;

    /// <summary>Puts counters around the bodies of a request that is about to be forwarded.</summary>
    internal Reading Begin(HttpContext context)
    {
        if (!_counts)
            return default;
        var sent = new CountedStream(context.Response.Body);
        context.Response.Body = sent;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return new Reading(sent, null);
        var received = new CountedStream(context.Request.Body);
        context.Request.Body = received;
        return new Reading(sent, received);
    }

    /// <summary>Adds it to what the portal will be told.</summary>
    internal void End(Reading reading, HttpContext context, ForwardedRequest request)
    {
        if (reading.Sent is not { } sent)
            return;
        var now = time.GetUtcNow();
        counts.Add(request.Route.Copy.Repository, request.User, request.Access, sent.Bytes, reading.Received?.Bytes ?? 0, now);
        if (request.Caller.Holder is { } holder)
            counts.Add(holder.TokenId, context.Connection.RemoteIpAddress ?? IPAddress.None, now);
    }

    /// <summary>The counters of one request.</summary>
    internal readonly record struct Reading(CountedStream? Sent, CountedStream? Received);
}
