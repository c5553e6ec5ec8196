using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Repositories.View;

namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>What others committed to somebody's repositories while they were away.</summary>
/// <param name="Since">When their last visit ended; null on the first one.</param>
/// <param name="Repositories">The repositories with something new, the one with the latest commit first.</param>
/// <param name="NotLookedAt">How many repositories more have changed, which were not looked at.</param>
public sealed record NewCommits(DateTimeOffset? Since, IReadOnlyList<RepositoryNews> Repositories, int NotLookedAt);

/// <summary>What is new in one repository.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many new commits there are.</param>
/// <param name="IsMore">Whether there are more than those that were counted.</param>
/// <param name="Latest">The youngest of them.</param>
public sealed record RepositoryNews(RepositoryName Name, int Count, bool IsMore, CommitView Latest);

/// <summary>Sums up what others committed since somebody's last visit, as far as path rules let them know.</summary>
internal sealed class ListNewCommits(IDbContextFactory<RecordContext> contexts, RedactCommits redact, TimeProvider time)
{
    // The page stays as fast for somebody with hundreds of repositories that everybody commits to.
    private const int MostRepositories = 20;
    private const int MostCommits = 100;

    // Nor are those looked for long that others made before a thousand of one's own.
    private const int MostLookedAt = 1000;

    /// <param name="mine">The actor's repositories.</param>
    /// <param name="actor">Whose visit it is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<NewCommits?> ExecuteAsync(IReadOnlyList<MyRepository> mine, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var visitor = await record.Users.Where(user => user.Id == actor.UserId).Select(user => new { user.LastVisitAt }).SingleOrDefaultAsync(cancellationToken);
        if (visitor is null)
            return null;
        if (visitor.LastVisitAt is not { } since)
            return new NewCommits(null, [], 0);
        var names = mine.Where(repository => repository.State == RepositoryState.Ready).Select(repository => repository.Name).ToList();
        var changed = record.Repositories.Where(repository => names.Contains(repository.Name) && repository.LastCommitAt > since);
        var count = await changed.CountAsync(cancellationToken);
        var repositories = await changed.OrderByDescending(repository => repository.LastCommitAt).Take(MostRepositories)
            .Select(repository => new { repository.Id, repository.Name, HasRules = repository.RulesVersion > 0 }).ToListAsync(cancellationToken);
        var withRules = repositories.Where(repository => repository.HasRules).Select(repository => repository.Id).ToList();
        var ruled = withRules.Count == 0 ? [] : await record.Repositories.Where(repository => withRules.Contains(repository.Id)).WithAccess()
            .AsNoTrackingWithIdentityResolution().ToDictionaryAsync(repository => repository.Id, cancellationToken);
        var news = new List<RepositoryNews>();
        foreach (var repository in repositories)
        {
            var (commits, isMore) = await FindAsync(record, repository.Id, since, actor, cancellationToken);
            var visible = await ShowAsync(commits, ruled.GetValueOrDefault(repository.Id), actor, cancellationToken);
            if (visible.Count > 0)
                news.Add(new RepositoryNews(repository.Name, visible.Count, isMore, visible[0]));
        }

        return new NewCommits(since, news, count - repositories.Count);
    }

    private static async Task<(IReadOnlyList<Commit> Commits, bool IsMore)> FindAsync(
        RecordContext record, RepositoryId id, DateTimeOffset since, Actor actor, CancellationToken cancellationToken)
    {
        var me = actor.Name?.Value;
        var commits = await record.Commits
            .Where(commit => commit.RepositoryId == id)
            .OrderByDescending(commit => commit.Revision)
            .Take(MostLookedAt)
            .Where(commit => commit.At > since && (commit.Author == null || commit.Author != me))
            .OrderByDescending(commit => commit.Revision)
            .Take(MostCommits + 1)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return ([.. commits.Take(MostCommits)], commits.Count > MostCommits);
    }

    private async Task<IReadOnlyList<CommitView>> ShowAsync(IReadOnlyList<Commit> commits, Repository? ruled, Actor actor, CancellationToken cancellationToken) =>
        ruled is null || AccessModel.Of(ruled, time.GetUtcNow()).SeesEverything(actor.Name)
            ? [.. commits.Select(CommitView.Of)]
            : await redact.ExecuteAsync(ruled, commits, Reader.Of(actor.Name), cancellationToken);
}
