using System.Diagnostics.Metrics;

namespace RepoPortal.Gateway;

/// <summary>What an operator wants to see of the gateway.</summary>
internal sealed class GatewayMetrics
{
    private const string MeterName = "RepoPortal.Gateway";

    private readonly Counter<long> _refusals;

    public GatewayMetrics(IMeterFactory meters, Forwarding.UpstreamPools pools)
    {
        var meter = meters.Create(MeterName);
        _refusals = meter.CreateCounter<long>("repoportal.gateway.refusals", "{request}", "Requests that were not forwarded, by status.");
        meter.CreateObservableGauge("repoportal.gateway.upstream_pools", () => pools.Count, "{repository}", "Repositories to which connections are kept.");
    }

    internal void Refused(int status) => _refusals.Add(1, new KeyValuePair<string, object?>("http.response.status_code", status));
}
