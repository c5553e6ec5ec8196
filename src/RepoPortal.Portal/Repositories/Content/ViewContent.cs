using RepoPortal.Contracts.Content;

namespace RepoPortal.Portal.Repositories.Content;

/// <summary>Shows what is at a path of a repository.</summary>
internal sealed class ViewContent(OpenContent open)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="request">Which path, at which revision, and how much of it.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work, that on the node too.</param>
    internal async Task<Outcome<ContentAnswer>> ExecuteAsync(string name, ContentRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var opened = await open.ExecuteAsync(name, actor, cancellationToken);
        return opened.Succeeded(out var source, out var refusal) ? await source.Content.View(source.Copy, request, source.Reader, cancellationToken) : refusal;
    }
}
