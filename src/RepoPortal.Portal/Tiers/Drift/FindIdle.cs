using RepoPortal.Portal.Policy;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>Finds repositories that nobody has committed to or read for as long as the policy says, and that no owner has said to be needed in that time.</summary>
internal static class FindIdle
{
    // Somebody used something in so many days, or uses are not counted any more, and nothing can be said of any repository.
    private const int Counted = 30;

    /// <summary>Those among some repositories; none while nobody can know, because uses were not counted for all of the time.</summary>
    internal static async Task<HashSet<RepositoryId>> AmongAsync(
        RecordContext record, IReadOnlyCollection<Repository> repositories, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = (await record.PolicyAsync(cancellationToken)).IdleDays;
        var limit = now.AddDays(-days);
        var quiet = repositories
            .Where(repository => days > 0 && repository is { State: RepositoryState.Ready, ArchivedAt: null } && repository.CreatedAt <= limit && (repository.LastCommitAt ?? repository.CreatedAt) <= limit)
            .Select(repository => repository.Id).ToHashSet();
        if (quiet.Count == 0 || !await IsCountedAsync(record, limit, now, cancellationToken))
            return [];
        quiet.ExceptWith(await record.Usage.Where(row => quiet.Contains(row.RepositoryId) && row.LastAt > limit).Select(row => row.RepositoryId).Distinct().ToListAsync(cancellationToken));
        quiet.ExceptWith(await record.Confirmations.Where(row => quiet.Contains(row.RepositoryId) && row.ConfirmedAt > limit).Select(row => row.RepositoryId).ToListAsync(cancellationToken));
        return quiet;
    }

    /// <summary>"Nobody has committed to 'sea-ice' since 3 May 2024, and nobody has read it for a year or longer. …"</summary>
    internal static string Say(Repository repository) =>
        $"{(repository.LastCommitAt is { } at ? $"Nobody has committed to '{repository.Name}' since {Shell.Format.Date(at)}" : $"Nobody has ever committed to '{repository.Name}'")}, and nobody has read it in all the time that is looked at. "
        + "It could be archived: everybody with access can still read it then, and it can be taken back into use at any time.";

    private static async Task<bool> IsCountedAsync(RecordContext record, DateTimeOffset limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (first, last) = (DateOnly.FromDateTime(limit.UtcDateTime), DateOnly.FromDateTime(now.AddDays(-Counted).UtcDateTime));
        return await record.Usage.AnyAsync(row => row.Day <= first, cancellationToken) && await record.Usage.AnyAsync(row => row.Day >= last, cancellationToken);
    }
}
