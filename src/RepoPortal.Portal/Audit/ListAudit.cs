using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Audit;

/// <summary>A page of the audit, the latest first.</summary>
/// <param name="Rows">The entries.</param>
/// <param name="Next">Where the page after begins; null on the last.</param>
internal sealed record AuditPageRows(IReadOnlyList<AuditRow> Rows, long? Next);

/// <summary>Lists who did what: owners see their repository's entries, administrators all.</summary>
internal sealed class ListAudit(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<Outcome<AuditPageRows>> ExecuteAsync(AuditRequest request, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await RefuseAsync(record, request, actor, cancellationToken) is { } refusal)
            return refusal;
        var entries = record.Matching(request);
        if (request.Before is { } before)
            entries = entries.Where(entry => entry.Id < before);
        var page = await entries.OrderByDescending(entry => entry.Id).Take(request.Limit + 1).ToListAsync(cancellationToken);
        var next = page.Count > request.Limit ? page[request.Limit - 1].Id : (long?)null;
        return new AuditPageRows(await record.ToRowsAsync(page.Take(request.Limit).ToList(), cancellationToken), next);
    }

    /// <summary>A refusal when the actor may not see what the request asks for.</summary>
    internal static async Task<Refusal?> RefuseAsync(RecordContext record, AuditRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.Repository is { } repository)
        {
            var found = await record.ReadManagedAsync(repository.Value, actor, "see its audit", cancellationToken);
            return found.Refusal;
        }

        return actor.IsAdministrator ? null : Refusal.Forbidden("Only an administrator sees the whole audit; owners see their repository's.");
    }
}
