using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Usage;

/// <summary>What somebody did with a repository in a stretch of time.</summary>
/// <param name="User">The user name; <see cref="UserName.AnonymousValue"/> for visitors, all together.</param>
/// <param name="Reads">Requests that read.</param>
/// <param name="Writes">Requests that write.</param>
/// <param name="BytesSent">Bytes of answers.</param>
/// <param name="BytesReceived">Bytes of request bodies.</param>
/// <param name="LastAt">The end of the last request.</param>
public sealed record PersonUsage(string User, long Reads, long Writes, long BytesSent, long BytesReceived, DateTimeOffset LastAt);

/// <summary>Who used a repository since some moment.</summary>
/// <param name="Since">The moment; the days it does not fall on are whole.</param>
/// <param name="People">Everyone who did, the latest first.</param>
/// <param name="Days">The same per person and day, the latest day first; at most <see cref="ViewUsage.MostDays"/>.</param>
/// <param name="IsCut">True when there are more days than that.</param>
public sealed record RepositoryUsage(DateTimeOffset Since, IReadOnlyList<PersonUsage> People, IReadOnlyList<UsageDay> Days, bool IsCut);

/// <summary>Shows owners and administrators who used a repository.</summary>
internal sealed class ViewUsage(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal const int MostDays = 10_000;
    internal const int DefaultDays = 30;

    /// <param name="name">The repository's name.</param>
    /// <param name="since">From when on; null for thirty days.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<RepositoryUsage>> ExecuteAsync(string name, DateTimeOffset? since, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see who uses it", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var begin = (since ?? time.GetUtcNow().AddDays(-DefaultDays)).ToUniversalTime();
        var rows = record.Usage.AsNoTracking().Where(row => row.RepositoryId == repository.Id && row.LastAt >= begin);
        var people = await rows.GroupBy(row => row.User)
            .Select(group => new PersonUsage(
                group.Key,
                group.Sum(row => row.Reads),
                group.Sum(row => row.Writes),
                group.Sum(row => row.BytesSent),
                group.Sum(row => row.BytesReceived),
                group.Max(row => row.LastAt)))
            .ToListAsync(cancellationToken);
        var days = await rows.OrderByDescending(row => row.Day).ThenBy(row => row.User).Take(MostDays + 1).ToListAsync(cancellationToken);
        return new RepositoryUsage(begin, [.. people.OrderByDescending(person => person.LastAt)], [.. days.Take(MostDays)], days.Count > MostDays);
    }
}
