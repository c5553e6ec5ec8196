using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>Lists the latest commits of a repository, youngest first.</summary>
internal sealed class ListCommits(IDbContextFactory<RecordContext> contexts, RedactCommits redact, TimeProvider time)
{
    private const int Most = 200;

    // Of a repository of which somebody may see next to nothing, no more than this is gone through for one page; the page then says where it ended.
    private const int MostReviewed = 2000;

    /// <param name="name">The repository's name.</param>
    /// <param name="limit">The most commits wanted; at most 200 are given.</param>
    /// <param name="before">Only revisions older than this one; null to begin with the youngest.</param>
    /// <param name="actor">Who looks. Commits are content: an administrator without access of their own sees none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<CommitPage>> ExecuteAsync(
        string name, int limit, long? before, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (Standing.Of(repository, actor).Access == AccessLevel.None)
            return CommitPage.Empty;
        limit = Math.Clamp(limit, 1, Most);
        return AccessModel.Of(repository, time.GetUtcNow()).SeesEverything(actor.Name)
            ? await ListAsync(record, repository, limit, before, cancellationToken)
            : await ListVisibleAsync(record, repository, limit, before, Reader.Of(actor.Name), cancellationToken);
    }

    private static async Task<CommitPage> ListAsync(RecordContext record, Repository repository, int limit, long? before, CancellationToken cancellationToken)
    {
        // One more than is shown tells whether there are older ones.
        var commits = await ReadAsync(record, repository, limit + 1, before, cancellationToken);
        return new CommitPage([.. commits.Take(limit).Select(CommitView.Of)], commits.Count > limit ? commits[limit - 1].Revision : null);
    }

    private async Task<CommitPage> ListVisibleAsync(
        RecordContext record, Repository repository, int limit, long? before, Reader reader, CancellationToken cancellationToken)
    {
        var visible = new List<CommitView>();
        for (var reviewed = 0; reviewed < MostReviewed; reviewed += Most)
        {
            var commits = await ReadAsync(record, repository, Most, before, cancellationToken);
            visible.AddRange(await redact.ExecuteAsync(repository, commits, reader, cancellationToken));
            if (visible.Count > limit)
                return new CommitPage(visible[..limit], visible[limit - 1].Revision);
            if (commits.Count < Most)
                return new CommitPage(visible, null);
            before = commits[^1].Revision;
        }

        return new CommitPage(visible, before);
    }

    private static Task<List<Commit>> ReadAsync(RecordContext record, Repository repository, int limit, long? before, CancellationToken cancellationToken) =>
        record.Commits
            .Where(commit => commit.RepositoryId == repository.Id && (before == null || commit.Revision < before))
            .OrderByDescending(commit => commit.Revision)
            .Take(limit)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
}
