using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.View;

/// <summary>A line in somebody's own list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="State">How far it has come.</param>
/// <param name="TierId">Its tier.</param>
/// <param name="TierName">The tier's name for people.</param>
/// <param name="Visibility">Who may read it without being a member.</param>
/// <param name="Access">What its reader may do with it.</param>
/// <param name="SvnUrl">What svn clients check out.</param>
/// <param name="Youngest">Its youngest revision.</param>
/// <param name="SizeBytes">Everything stored for it; null when its reader may not see all of it.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="LastCommitAt">The date of the youngest revision; null before the first commit, and when its reader may not see all of it.</param>
/// <param name="LastCommitAuthor">Its author.</param>
/// <param name="Members">How many people have access of their own.</param>
/// <param name="Promise">Whether its promise is kept, as last judged.</param>
/// <param name="AskedAt">Since when its owners are asked whether it is still needed; null while they are not, and for everybody else.</param>
public sealed record MyRepository(
    RepositoryName Name,
    string Description,
    RepositoryState State,
    string TierId,
    string TierName,
    Visibility Visibility,
    AccessLevel Access,
    string SvnUrl,
    long Youngest,
    long? SizeBytes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastCommitAt,
    string? LastCommitAuthor,
    int Members,
    PromiseState Promise,
    DateTimeOffset? AskedAt);

/// <summary>Lists the repositories that somebody was granted, by themselves or through a group, the one with the latest commit first; those in the trash have a list of their own.</summary>
internal sealed class ListMyRepositories(IDbContextFactory<RecordContext> contexts, PublicAddress address, TimeProvider time)
{
    internal async Task<IReadOnlyList<MyRepository>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var granted = record.Grants(now).Where(grant => grant.UserId == actor.UserId);
        var access = (await granted.Select(grant => new { grant.RepositoryId, grant.Access }).ToListAsync(cancellationToken))
            .GroupBy(grant => grant.RepositoryId, grant => grant.Access)
            .ToDictionary(same => same.Key, same => same.Max());
        var ids = granted.Select(grant => grant.RepositoryId);
        var rows = await record.Repositories
            .Where(repository => ids.Contains(repository.Id) && repository.GoneAt == null)
            .OrderByDescending(repository => repository.LastChangedAt)
            .Select(repository => new
            {
                Repository = repository,
                TierName = repository.Tier.Name,
                Promise = record.Protections.Where(protection => protection.RepositoryId == repository.Id).Select(protection => protection.State).FirstOrDefault(),
                AskedAt = record.OpenConfirmations().Where(open => open.RepositoryId == repository.Id).Select(open => open.AskedAt).FirstOrDefault(),
            })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var limited = await FindLimitedAsync(record, [.. rows.Where(row => row.Repository.RulesVersion > 0).Select(row => row.Repository.Id)], actor, cancellationToken);
        // Between the two queries somebody may have been granted more, which the next look shows.
        return [.. rows.Where(row => access.ContainsKey(row.Repository.Id) && actor.MayReach(row.Repository.Id)).Select(row =>
            Of(row.Repository, row.TierName, access[row.Repository.Id], limited.Contains(row.Repository.Id)) with
            {
                Promise = row.Promise,
                AskedAt = access[row.Repository.Id] == AccessLevel.Owner ? row.AskedAt : null,
            })];
    }

    /// <summary>Those of some repositories of which path rules hide something from the actor.</summary>
    private static async Task<HashSet<RepositoryId>> FindLimitedAsync(
        RecordContext record, IReadOnlyList<RepositoryId> withRules, Actor actor, CancellationToken cancellationToken)
    {
        if (withRules.Count == 0)
            return [];
        var ruled = await record.Repositories.Where(repository => withRules.Contains(repository.Id)).WithAccess()
            .AsNoTrackingWithIdentityResolution().ToListAsync(cancellationToken);
        return [.. ruled.Where(repository => !Standing.SeesEverything(repository, actor)).Select(repository => repository.Id)];
    }

    private MyRepository Of(Repository repository, string tierName, AccessLevel access, bool isLimited) => new(
        repository.Name,
        repository.Description,
        repository.State,
        repository.TierId,
        tierName,
        repository.Visibility,
        access,
        address.Svn(repository.Name),
        repository.Youngest,
        isLimited ? null : repository.SizeBytes,
        repository.CreatedAt,
        isLimited ? null : repository.LastCommitAt,
        isLimited ? null : repository.LastCommitAuthor,
        repository.MemberCount,
        PromiseState.Unknown,
        AskedAt: null);
}
