using RepoPortal.Contracts.History;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>How old a line is beside the others of its file: the class by which the style sheet colours it.</summary>
internal static class BlameAge
{
    private const int Steps = 8;

    /// <summary>By revision, in even steps from the oldest to the newest; <c>-1</c> stands for what is not known.</summary>
    internal static IReadOnlyDictionary<long, string> Of(IReadOnlyList<BlameRevision> revisions)
    {
        var oldestFirst = revisions.OrderBy(revision => revision.Commit.Revision).ToArray();
        var ages = new Dictionary<long, string> { [-1] = "age-none" };
        for (var i = 0; i < oldestFirst.Length; i++)
            ages[oldestFirst[i].Commit.Revision] = $"age-{(oldestFirst.Length == 1 ? 0 : i * (Steps - 1) / (oldestFirst.Length - 1))}";
        return ages;
    }
}
