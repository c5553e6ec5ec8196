using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.Search;

/// <summary>
/// What search indexes are made from, in the repositories of one node. The key is the node's name; the activation lives on the silo of that machine
/// (<see cref="NodePinnedAttribute"/>).
/// </summary>
/// <remarks>
/// It reads everything, whoever may see it, and nobody is ever shown it: whoever searches is asked about by <see cref="Content.IContentGrain"/> and
/// <see cref="History.IHistoryGrain"/>. Operations on a copy that is not there fail with <see cref="CopyNotFoundException"/>, broken ones with a <see cref="StorageException"/>.
/// </remarks>
[Alias("RepoPortal.SearchSource")]
public interface ISearchSourceGrain : IGrainWithStringKey
{
    /// <summary>How far the repository has come, and which directory of it is searched.</summary>
    [Alias("ReadHead")]
    Task<SearchHead> ReadHead(RepositoryCopy copy, CancellationToken cancellationToken);

    /// <summary>The messages of up to <paramref name="limit"/> revisions from <paramref name="first"/> upwards; empty when the youngest is older.</summary>
    [Alias("ReadMessages")]
    Task<ImmutableArray<RevisionMessage>> ReadMessages(RepositoryCopy copy, long first, int limit, CancellationToken cancellationToken);

    /// <summary>The files below a directory that differ between two revisions, some at a time: all that are there when the directory is not in the first of them.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="directory">The directory, starting with a slash.</param>
    /// <param name="from">The first revision.</param>
    /// <param name="to">The second.</param>
    /// <param name="after">The path that the piece before ended with; null to begin.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    [Alias("ListChangedFiles")]
    Task<ChangedFiles> ListChangedFiles(RepositoryCopy copy, string directory, long from, long to, string? after, CancellationToken cancellationToken);
}
