using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.People.Groups;

/// <summary>A repository that names a group.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Access">What it grants the group; null when only its path rules name it.</param>
public sealed record GroupUse(RepositoryName Repository, AccessLevel? Access)
{
    /// <summary>Every use of the group in a repository that the actor may see, by name; the rest is only counted.</summary>
    /// <returns>The uses, and how many more there are.</returns>
    internal static async Task<(IReadOnlyList<GroupUse> Seen, int Unseen)> FindAsync(
        RecordContext record, Group group, Actor actor, CancellationToken cancellationToken)
    {
        var repositories = await record.Repositories.Using(group).WithAccess().AsNoTrackingWithIdentityResolution().ToListAsync(cancellationToken);
        var seen = repositories.Where(repository => Standing.Of(repository, actor).MaySee).ToList();
        return (
            [
                .. seen.OrderBy(repository => repository.Name.Value, StringComparer.Ordinal).Select(repository => new GroupUse(
                    repository.Name, repository.GroupGrants.SingleOrDefault(grant => grant.GroupId == group.Id)?.Access)),
            ],
            repositories.Count - seen.Count);
    }
}
