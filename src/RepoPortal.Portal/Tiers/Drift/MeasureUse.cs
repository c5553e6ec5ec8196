using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>Works out how repositories were used, from what the gateways counted and what was committed.</summary>
internal static class MeasureUse
{
    /// <summary>The days that are looked at.</summary>
    internal const int Days = 30;

    /// <summary>Measures each of these repositories over the days before <paramref name="now"/>.</summary>
    internal static async Task<Dictionary<RepositoryId, MeasuredUse>> OfAsync(
        RecordContext record, IReadOnlyCollection<Repository> repositories, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = repositories.Select(repository => repository.Id).ToList();
        var since = now.AddDays(-Days);
        var first = DateOnly.FromDateTime(since.UtcDateTime);
        var uses = await record.Usage.Where(row => ids.Contains(row.RepositoryId) && row.Day > first)
            .Join(record.Users, row => row.User, user => user.UserName, (row, user) => new { row.RepositoryId, row.User, user.Kind, Requests = row.Reads + row.Writes })
            .GroupBy(use => new { use.RepositoryId, use.User, use.Kind })
            .Select(group => new { group.Key.RepositoryId, group.Key.User, group.Key.Kind, Requests = group.Sum(use => use.Requests) })
            .ToListAsync(cancellationToken);
        var commits = await record.Commits.Where(row => ids.Contains(row.RepositoryId) && row.At >= since)
            .GroupBy(row => row.RepositoryId).Select(group => new { group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        // Counting use can be switched off, and a commit by another way than the gateway is use, too.
        var authors = await record.Commits.Where(row => ids.Contains(row.RepositoryId) && row.At >= since)
            .Join(record.Users, row => row.Author, user => user.UserName, (row, user) => new { row.RepositoryId, User = user.UserName!, user.Kind })
            .Distinct().ToListAsync(cancellationToken);

        var usesOf = uses.ToLookup(use => use.RepositoryId);
        var authorsOf = authors.ToLookup(author => author.RepositoryId);
        return repositories.ToDictionary(repository => repository.Id, repository =>
        {
            var everybody = usesOf[repository.Id].Select(use => (use.User, use.Kind)).Concat(authorsOf[repository.Id].Select(author => (author.User, author.Kind))).Distinct().ToList();
            var requests = usesOf[repository.Id].Where(use => use.Kind == UserKind.Service).Sum(use => use.Requests);
            return new MeasuredUse(
                everybody.LongCount(user => user.Kind != UserKind.Service),
                everybody.LongCount(user => user.Kind == UserKind.External),
                commits.GetValueOrDefault(repository.Id),
                everybody.LongCount(user => user.Kind == UserKind.Service),
                requests / Days,
                repository.SizeBytes);
        });
    }
}
