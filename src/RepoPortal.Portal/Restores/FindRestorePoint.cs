using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Restores;

/// <summary>The revision that was the youngest at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Revision">The revision.</param>
/// <param name="CommittedAt">When it was committed; null for revision 0, with which a repository begins.</param>
/// <param name="Author">Who committed it; null when nobody is named.</param>
public sealed record FoundRevision(DateTimeOffset At, long Revision, DateTimeOffset? CommittedAt, string? Author);

/// <summary>Tells which revision a moment means, before anything is restored as of it; to owners and administrators.</summary>
internal sealed class FindRestorePoint(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <param name="name">The repository.</param>
    /// <param name="text">The moment as somebody wrote it.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">The request.</param>
    internal async Task<Outcome<FoundRevision>> ExecuteAsync(string name, string? text, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "restore it", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (!RestoreTime.Read(text, time.GetUtcNow()).Succeeded(out var at, out refusal))
            return refusal;
        if (!(await new RestorePoint(Revision: null, at).ResolveAsync(record, repository, cancellationToken)).Succeeded(out var revision, out refusal))
            return refusal;
        var commit = await record.Commits.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == repository.Id && row.Revision == revision, cancellationToken);
        return new FoundRevision(at, revision, commit?.At, commit?.Author);
    }
}
