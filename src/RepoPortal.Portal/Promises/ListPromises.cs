using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Promises;

/// <summary>Which promises are wanted.</summary>
/// <param name="State">Only those in that state; null for all.</param>
/// <param name="Tier">Only those of that tier; null for all.</param>
/// <param name="Skip">How many rows to leave out.</param>
/// <param name="Take">The most rows wanted.</param>
internal sealed record ComplianceRequest(PromiseState? State, string? Tier, int Skip, int Take);

/// <summary>A repository's promise in one line.</summary>
internal sealed record ComplianceRow(RepositoryName Name, string TierId, string TierName, PromiseState State, DateTimeOffset Since, string Reason);

/// <summary>How many promises of a tier are in a state.</summary>
internal sealed record ComplianceCount(string TierId, PromiseState State, int Count);

/// <summary>A page of promises.</summary>
/// <param name="Rows">The worst first, the longest first among them.</param>
/// <param name="Counts">Over everything, whatever is filtered.</param>
/// <param name="HasMore">Whether there are more rows after these.</param>
internal sealed record CompliancePageOfRows(IReadOnlyList<ComplianceRow> Rows, IReadOnlyList<ComplianceCount> Counts, bool HasMore);

/// <summary>Lists every promise and its state for administrators.</summary>
internal sealed class ListPromises(IDbContextFactory<RecordContext> contexts)
{
    /// <summary>The most rows that are handed out at once.</summary>
    internal const int MostAtOnce = 1000;

    // Broken, at risk, unknown, kept.
    private static readonly PromiseState[] WorstFirst = [PromiseState.Broken, PromiseState.AtRisk, PromiseState.Unknown, PromiseState.Kept];

    internal async Task<Outcome<CompliancePageOfRows>> ExecuteAsync(ComplianceRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only administrators see every promise.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var present = record.Repositories.Where(row => row.State == RepositoryState.Ready || row.State == RepositoryState.Restoring);
        var all = record.Protections.Join(present, protection => protection.RepositoryId, row => row.Id, (protection, row) => new { protection, row });
        if (request.Tier is not null)
            all = all.Where(pair => pair.row.TierId == request.Tier);
        var rows = new List<ComplianceRow>();
        var skip = request.Skip;
        foreach (var state in WorstFirst.Where(state => request.State is null || request.State == state))
        {
            var inState = all.Where(pair => pair.protection.State == state);
            rows.AddRange(await inState
                .OrderBy(pair => pair.protection.StateSince).ThenBy(pair => pair.row.Name)
                .Skip(skip).Take(request.Take + 1 - rows.Count)
                .Select(pair => new ComplianceRow(
                    pair.row.Name, pair.row.TierId, pair.row.Tier.Name, pair.protection.State, pair.protection.StateSince, pair.protection.StateReason))
                .ToListAsync(cancellationToken));
            if (rows.Count > request.Take)
                break;
            skip = Math.Max(0, skip - await inState.CountAsync(cancellationToken));
        }

        var counts = await record.Protections.Join(present, protection => protection.RepositoryId, row => row.Id, (protection, row) => new { row.TierId, protection.State })
            .GroupBy(pair => new { pair.TierId, pair.State })
            .Select(group => new ComplianceCount(group.Key.TierId, group.Key.State, group.Count()))
            .ToListAsync(cancellationToken);
        return new CompliancePageOfRows([.. rows.Take(request.Take)], counts, rows.Count > request.Take);
    }
}
