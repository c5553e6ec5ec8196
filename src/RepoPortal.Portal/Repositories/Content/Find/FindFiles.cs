using RepoPortal.Contracts.Content;

namespace RepoPortal.Portal.Repositories.Content.Find;

/// <summary>Finds files of a repository by a part of their paths.</summary>
internal sealed class FindFiles(AskNode node)
{
    /// <summary>The most paths that are handed over at once; of larger directories each query is answered by the server.</summary>
    internal const int MostPaths = 20_000;

    /// <summary>The most that a page lists.</summary>
    internal const int MostListed = 100;

    /// <param name="name">The repository's name.</param>
    /// <param name="search">Which files, below which directory, in which revision.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work, that on the node too.</param>
    internal Task<Outcome<FoundPaths>> ExecuteAsync(string name, PathSearch search, Actor actor, CancellationToken cancellationToken) => node.ExecuteAsync<FoundPaths>(
        name, actor,
        async source => await source.Content.FindPaths(source.Copy, search, source.Reader, cancellationToken) is { } found
            ? found
            : Refusal.NotFound("There is no such directory in that revision, or it is not open to you."),
        cancellationToken);
}
