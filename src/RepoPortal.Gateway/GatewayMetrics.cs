using System.Diagnostics.Metrics;

namespace RepoPortal.Gateway;

/// <summary>What an operator wants to see of the gateway.</summary>
internal sealed class GatewayMetrics
{
    private const string MeterName = "RepoPortal.Gateway";

    private readonly Counter<long> _refusals;
    private readonly Counter<long> _cuts;

    public GatewayMetrics(IMeterFactory meters, Forwarding.UpstreamPools pools, InFlight.ForwardedRequests requests)
    {
        var meter = meters.Create(MeterName);
        _refusals = meter.CreateCounter<long>("repoportal.gateway.refusals", "{request}", "Requests that were not forwarded, by status.");
        _cuts = meter.CreateCounter<long>("repoportal.gateway.cuts", "{request}", "Requests that were broken off while httpd worked on them, by reason.");
        meter.CreateObservableGauge("repoportal.gateway.forwarded", () => requests.Count, "{request}", "Requests that httpd is working on.");
        meter.CreateObservableGauge("repoportal.gateway.upstream_pools", () => pools.Count, "{repository}", "Repositories to which connections are kept.");
    }

    internal void Cut(string reason) => _cuts.Add(1, new KeyValuePair<string, object?>("repoportal.reason", reason));

    internal void Refused(int status) => _refusals.Add(1, new KeyValuePair<string, object?>("http.response.status_code", status));
}
