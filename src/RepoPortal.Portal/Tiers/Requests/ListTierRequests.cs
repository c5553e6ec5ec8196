using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>Lists who asked for which tier: of one repository for its owners, of all for administrators.</summary>
internal sealed class ListTierRequests(IDbContextFactory<RecordContext> contexts)
{
    /// <summary>The most that are listed.</summary>
    internal const int Most = 200;

    /// <summary>Those of a repository, the latest first.</summary>
    internal async Task<Outcome<IReadOnlyList<TierRequestView>>> OfRepositoryAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see what was asked for", cancellationToken);
        return found.Succeeded(out var repository, out var refusal)
            ? await ReadAsync(record, rows => rows.Where(row => row.RepositoryId == repository.Id).OrderByDescending(row => row.AskedAt), cancellationToken)
            : refusal;
    }

    /// <summary>Those that wait for an administrator, the oldest first; or those that somebody decided, the latest first.</summary>
    internal async Task<Outcome<IReadOnlyList<TierRequestView>>> OfEverybodyAsync(bool open, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees everybody's requests.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(
            record,
            rows => open
                ? rows.Where(row => row.State == TierRequestState.Open).OrderBy(row => row.AskedAt)
                : rows.Where(row => row.State != TierRequestState.Open).OrderByDescending(row => row.AskedAt),
            cancellationToken);
    }

    private static async Task<Outcome<IReadOnlyList<TierRequestView>>> ReadAsync(
        RecordContext record, Func<IQueryable<TierRequest>, IQueryable<TierRequest>> which, CancellationToken cancellationToken)
    {
        var tiers = await record.Tiers.AsNoTracking().ToListAsync(cancellationToken);
        var requests = await which(record.TierRequests.AsNoTracking().Include(row => row.Repository)).Take(Most).ToListAsync(cancellationToken);
        return requests.ConvertAll(request => TierRequestView.Of(request, request.Repository.Name, tiers));
    }
}
