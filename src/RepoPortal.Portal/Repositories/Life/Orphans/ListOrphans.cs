using RepoPortal.Portal.Repositories.View;

namespace RepoPortal.Portal.Repositories.Life.Orphans;

/// <summary>A repository that nobody owns who could decide about it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="LastOwners">Who is still noted as its owner: suspended, ended, disabled, or for a time.</param>
/// <param name="LastCommitAt">When somebody last committed; null before the first commit.</param>
/// <param name="Candidates">Who could own it: the most active committers of the last year who still have access, the most active first.</param>
public sealed record OrphanedRepository(
    RepositoryName Name, string Description, IReadOnlyList<UserName> LastOwners, DateTimeOffset? LastCommitAt, IReadOnlyList<OwnerCandidate> Candidates);

/// <summary>The orphaned repositories of a page.</summary>
/// <param name="Repositories">By name.</param>
/// <param name="Total">How many there are altogether.</param>
public sealed record OrphanPage(IReadOnlyList<OrphanedRepository> Repositories, int Total);

/// <summary>Lists repositories without an active owner, for administrators.</summary>
internal sealed class ListOrphans(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>How many are on a page.</summary>
    internal const int PageSize = 20;

    /// <param name="page">Which page, counted from 1.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<OrphanPage>> ExecuteAsync(int page, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees which repositories nobody owns.");
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var total = await record.Orphans(now).CountAsync(cancellationToken);
        var ids = await record.Orphans(now).OrderBy(row => row.Name).Skip((Math.Max(page, 1) - 1) * PageSize).Take(PageSize).Select(row => row.Id).ToListAsync(cancellationToken);
        var rows = await record.Repositories.WithAccess().AsNoTrackingWithIdentityResolution().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        var orphans = new List<OrphanedRepository>();
        foreach (var row in rows.OrderBy(row => row.Name.Value, StringComparer.Ordinal))
        {
            orphans.Add(new OrphanedRepository(
                row.Name,
                row.Description,
                [.. MemberView.OwnersOf(row).Select(owner => owner.User)],
                row.LastCommitAt,
                await OwnerCandidates.CommittersAsync(record, row, now, cancellationToken)));
        }

        return new OrphanPage(orphans, total);
    }
}
