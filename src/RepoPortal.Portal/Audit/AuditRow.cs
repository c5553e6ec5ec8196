namespace RepoPortal.Portal.Audit;

/// <summary>An entry with what belongs to it in other tables.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Repository">The present name of the repository it concerns; null when there is none.</param>
/// <param name="EffectiveAt">When the change had reached every gateway and the disk; null for what has no such moment, or has not reached it.</param>
public sealed record AuditRow(AuditEntry Entry, RepositoryName? Repository, DateTimeOffset? EffectiveAt);

/// <summary>Reads entries as rows.</summary>
internal static class AuditRows
{
    /// <summary>The entries that a request wants, in no order yet.</summary>
    internal static IQueryable<AuditEntry> Matching(this RecordContext record, AuditRequest request)
    {
        var entries = record.Audit.AsNoTracking();
        if (request.Actor is { } actor)
            entries = entries.Where(entry => entry.ActorName == actor);
        if (request.Action is { } action)
            entries = entries.Where(entry => entry.Action == action || entry.Action.StartsWith(action + "."));
        if (request.Subject is { } subject)
            entries = entries.Where(entry => entry.Subject == subject);
        if (request.Repository is { } repository)
            entries = entries.Where(entry => record.Names.Any(claim => claim.Name == repository && claim.RepositoryId == entry.RepositoryId));
        if (request.Since is { } since)
            entries = entries.Where(entry => entry.At >= since);
        if (request.Until is { } until)
            entries = entries.Where(entry => entry.At < until);
        return entries;
    }

    /// <summary>Adds what belongs to the entries, each read once.</summary>
    internal static async Task<AuditRow[]> ToRowsAsync(this RecordContext record, IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var numbers = entries.Select(entry => entry.Id).ToList();
        var effects = await record.AuditEffects.Where(effect => numbers.Contains(effect.EntryId))
            .ToDictionaryAsync(effect => effect.EntryId, effect => effect.At, cancellationToken);
        var ids = entries.Select(entry => entry.RepositoryId).OfType<RepositoryId>().Distinct().ToList();
        var names = await record.Repositories.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        return
        [
            .. entries.Select(entry => new AuditRow(
                entry,
                entry.RepositoryId is { } id && names.TryGetValue(id, out var name) ? name : null,
                effects.TryGetValue(entry.Id, out var at) ? at : null)),
        ];
    }
}
