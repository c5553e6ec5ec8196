using RepoPortal.Contracts.Content;

namespace RepoPortal.Portal.Repositories.Content.Locks;

/// <summary>Lists which files of a repository are locked.</summary>
internal sealed class ListLocks(AskNode node)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="most">The most that are wanted.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task<Outcome<HeldLocks>> ExecuteAsync(string name, int most, Actor actor, CancellationToken cancellationToken) => node.ExecuteAsync<HeldLocks>(
        name, actor, async source => await source.Content.ListLocks(source.Copy, most, source.Reader, cancellationToken), cancellationToken);
}
