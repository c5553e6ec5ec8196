using RepoPortal.Portal.Access;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.People.Groups;

/// <summary>What a change of a group's members touched.</summary>
/// <param name="Repositories">The repositories that name the group.</param>
/// <param name="Removed">Who is no longer in it.</param>
internal sealed record TouchedRepositories(IReadOnlyList<Repository> Repositories, IReadOnlyList<UserName> Removed)
{
    internal static readonly TouchedRepositories None = new([], []);
}

/// <summary>Makes a change of a group effective wherever it is named.</summary>
internal sealed class GroupPublication(AccessChanges changes)
{
    // Each writes a file on its node; one after the other, a group of a hundred repositories would take too long.
    private const int Parallel = 8;

    internal Task PublishAsync(TouchedRepositories touched)
    {
        var losing = touched.Removed.Count > 0 ? Losses.Of([.. touched.Removed]) : null;
        return System.Threading.Tasks.Parallel.ForEachAsync(
            touched.Repositories,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (repository, _) => await changes.PublishAsync(repository.Id, losing));
    }
}
