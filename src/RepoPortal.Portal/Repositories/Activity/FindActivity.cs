using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>Sums up what went on in a repository, by the commits that the record knows.</summary>
internal sealed class FindActivity(IDbContextFactory<RecordContext> contexts, RedactCommits redact, TimeProvider time)
{
    // Of a repository of which somebody may see a part, every commit has to be asked about; no more than this are.
    private const int MostReviewed = 2000;
    private const int Batch = 200;

    /// <param name="name">The repository's name.</param>
    /// <param name="since">The first day that is looked at, in UTC; null for all.</param>
    /// <param name="actor">Who looks. Commits are content: an administrator without access of their own sees none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<RepositoryActivity>> ExecuteAsync(string name, DateOnly? since, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (Standing.Of(repository, actor).Access == AccessLevel.None)
            return Refusal.Forbidden("You look after this repository as an administrator, but have no access to its content.");
        var begin = since is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : (DateTimeOffset?)null;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return AccessModel.Of(repository, time.GetUtcNow()).SeesEverything(actor.Name)
            ? await SumAsync(record, repository.Id, begin, today, cancellationToken)
            : await SumVisibleAsync(record, repository, begin, Reader.Of(actor.Name), today, cancellationToken);
    }

    private static async Task<RepositoryActivity> SumAsync(RecordContext record, RepositoryId id, DateTimeOffset? begin, DateOnly today, CancellationToken cancellationToken)
    {
        var commits = record.Commits.Where(commit => commit.RepositoryId == id);
        var before = begin is null ? 0 : await commits.Where(commit => commit.At < begin).SumAsync(commit => commit.SizeBytes, cancellationToken);
        var tally = new ActivityTally(before, today);
        var rows = commits.Where(commit => begin == null || commit.At >= begin).Select(commit => new { commit.At, commit.Author, commit.CommonPath, commit.SizeBytes });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            tally.Add(row.At, row.Author, row.CommonPath, row.SizeBytes);
        return tally.Sum(showsSize: true, reviewedFrom: null);
    }

    private async Task<RepositoryActivity> SumVisibleAsync(
        RecordContext record, Repository repository, DateTimeOffset? begin, Reader reader, DateOnly today, CancellationToken cancellationToken)
    {
        var tally = new ActivityTally(sizeBefore: 0, today);
        long? oldest = null;
        for (var reviewed = 0; reviewed < MostReviewed; reviewed += Batch)
        {
            var commits = await record.Commits.AsNoTracking()
                .Where(commit => commit.RepositoryId == repository.Id && (oldest == null || commit.Revision < oldest) && (begin == null || commit.At >= begin))
                .OrderByDescending(commit => commit.Revision)
                .Take(Batch)
                .ToListAsync(cancellationToken);
            foreach (var commit in await redact.ExecuteAsync(repository, commits, reader, cancellationToken))
                tally.Add(commit.At, commit.Author, commit.CommonPath, sizeBytes: 0);
            if (commits.Count < Batch)
                return tally.Sum(showsSize: false, reviewedFrom: null);
            oldest = commits[^1].Revision;
        }

        return tally.Sum(showsSize: false, oldest);
    }
}
