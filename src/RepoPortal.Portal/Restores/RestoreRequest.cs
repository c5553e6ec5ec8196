using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Restores;

/// <summary>A restore that somebody wants. At most one of revision and time is given; neither is the youngest revision.</summary>
/// <param name="Revision">The revision to end with.</param>
/// <param name="At">The revision that was the youngest at that moment.</param>
internal sealed record RestorePoint(long? Revision, DateTimeOffset? At)
{
    /// <summary>The revision that is meant.</summary>
    internal async Task<Outcome<long>> ResolveAsync(RecordContext record, Repository repository, CancellationToken cancellationToken)
    {
        if (Revision is not null && At is not null)
            return Refusal.Invalid("revision", "Give a revision or a time, not both.");
        if (At is { } at)
        {
            if (at < repository.CreatedAt)
                return Refusal.Invalid("at", $"The repository was made on {Shell.Format.Exact(repository.CreatedAt)}; choose a later time.");
            return await record.Commits.Where(commit => commit.RepositoryId == repository.Id && commit.At <= at).MaxAsync(commit => (long?)commit.Revision, cancellationToken) ?? 0;
        }

        var revision = Revision ?? repository.Youngest;
        return revision < 0 || revision > repository.Youngest
            ? Refusal.Invalid("revision", $"There is no revision {Shell.Format.Plain(revision)}; the youngest is {Shell.Format.Plain(repository.Youngest)}.")
            : revision;
    }
}
