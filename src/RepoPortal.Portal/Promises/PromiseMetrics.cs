using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace RepoPortal.Portal.Promises;

/// <summary>The meter <c>RepoPortal.Promises</c>: how many repositories of each tier are in each state.</summary>
internal sealed class PromiseMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly ConcurrentDictionary<(string Tier, PromiseState State), int> _counts = new();

    public PromiseMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("RepoPortal.Promises");
        _meter.CreateObservableGauge("repoportal.promises", Observe, "{repository}", "Repositories by tier and by whether their promise is kept.");
    }

    internal void Replace(IEnumerable<ComplianceCount> counts)
    {
        foreach (var key in _counts.Keys)
            _counts[key] = 0;
        foreach (var count in counts)
            _counts[(count.TierId, count.State)] = count.Count;
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> Observe() => _counts.Select(count => new Measurement<int>(
        count.Value,
        new KeyValuePair<string, object?>("tier", count.Key.Tier),
        new KeyValuePair<string, object?>("state", Spelling.Of(count.Key.State))));
}
