using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Repositories.Content;

namespace RepoPortal.Portal.Repositories.Browse;

/// <summary>Lists a directory of a repository, read by libsvn on the node that holds it.</summary>
internal sealed class ListDirectory(OpenContent open)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="path">The directory's path, starting with a slash.</param>
    /// <param name="revision">At which revision; null for the youngest.</param>
    /// <param name="actor">Who looks. Paths are content: an administrator without access of their own sees none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<DirectoryListing>> ExecuteAsync(
        string name, string path, long? revision, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await open.ExecuteAsync(name, actor, cancellationToken)).Succeeded(out var source, out var refusal))
            return refusal;
        var listing = await source.Node.ListDirectory(source.Copy, path, revision, source.Reader, cancellationToken);
        return listing is null ? Refusal.NotFound("There is no such directory in that revision.") : listing;
    }
}
