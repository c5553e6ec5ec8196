using RepoPortal.Contracts.Content;

namespace RepoPortal.Portal.Repositories.Content;

/// <summary>Shows what is at a path of a repository.</summary>
internal sealed class ViewContent(AskNode node)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="request">Which path, at which revision, and how much of it.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work, that on the node too.</param>
    internal Task<Outcome<ContentAnswer>> ExecuteAsync(string name, ContentRequest request, Actor actor, CancellationToken cancellationToken) => node.ExecuteAsync<ContentAnswer>(
        name, actor, async source => await source.Content.View(source.Copy, request, source.Reader, cancellationToken), cancellationToken);
}
