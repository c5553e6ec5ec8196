using System.Collections.Immutable;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Activity;

namespace RepoPortal.Portal.Repositories.Driver;

/// <summary>Brings commits from a node into the record, each once, in order.</summary>
internal sealed class CommitIntake(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Fetches every revision that the record does not know yet, up to <paramref name="youngest"/> at least.</summary>
    internal async Task FetchAsync(Repository repository, RepositoryCopy copy, IStorageNodeGrain node, long youngest)
    {
        var known = repository.Youngest;
        while (known < youngest)
        {
            var commits = await node.ReadCommits(copy, known + 1, Batch, CancellationToken.None);
            if (commits.IsEmpty)
                return;
            await contexts.UndisturbedAsync(record => WriteAsync(record, repository.Id, commits), CancellationToken.None);
            known = commits[^1].Revision;
        }
    }

    private async Task<long> WriteAsync(RecordContext record, RepositoryId id, ImmutableArray<CommitSummary> commits)
    {
        // Read anew: another activation may have been faster. The primary key refuses what it wrote; the retry then begins where it ended.
        var repository = await record.Repositories.Whole().SingleAsync(row => row.Id == id);
        var missing = commits.Where(commit => commit.Revision > repository.Youngest).ToList();
        if (missing.Count == 0)
            return repository.Youngest;
        record.AddRange(missing.Select(commit => Row(id, commit)));
        var last = missing[^1];
        (repository.Youngest, repository.LastCommitAt, repository.LastCommitAuthor) = (last.Revision, last.At, last.Author);
        repository.SizeBytes += missing.Sum(commit => commit.SizeBytes);
        repository.RefreshInventoryColumns();
        if (await record.Protections.SingleOrDefaultAsync(row => row.RepositoryId == id) is { } protection)
            protection.Expose(repository.Tier, time.GetUtcNow());
        await record.SaveChangesAsync();
        return repository.Youngest;
    }

    private static Commit Row(RepositoryId id, CommitSummary commit) => new()
    {
        RepositoryId = id,
        Revision = commit.Revision,
        Author = commit.Author,
        At = commit.At,
        Message = commit.Message,
        ChangedPaths = commit.ChangedPaths,
        CommonPath = commit.CommonPath,
        SizeBytes = commit.SizeBytes,
    };
}
