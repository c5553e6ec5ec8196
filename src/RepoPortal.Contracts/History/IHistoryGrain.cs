using System.Collections.Immutable;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.History;

/// <summary>What changed, in the repositories of one node. The key is the node's name; the activation lives on the silo of that machine (<see cref="NodePinnedAttribute"/>).</summary>
/// <remarks>
/// Whatever is told, is told to a <see cref="Reader"/> as Subversion's own log would: author and date to whoever may see a path that a revision changed, the message
/// to whoever may see all of them; a path that is hidden, also as the source of a copy, is not there. Every operation is bounded in time and says where it
/// stopped. Operations on a copy that is not there fail with <see cref="CopyNotFoundException"/>, broken ones with a <see cref="StorageException"/>.
/// </remarks>
[Alias("RepoPortal.History")]
public interface IHistoryGrain : IGrainWithStringKey
{
    /// <summary>The revisions that changed a path, the youngest first, also before it was copied to where it is.</summary>
    [Alias("ReadLog")]
    Task<HistoryAnswer<LogExtract>> ReadLog(RepositoryCopy copy, LogQuery query, Reader reader, CancellationToken cancellationToken);

    /// <summary>A revision and some of the paths that it changed.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="skip">How many of the paths that the reader may see to pass over.</param>
    /// <param name="limit">The most paths wanted.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    [Alias("ReadRevision")]
    Task<HistoryAnswer<RevisionExtract>> ReadRevision(RepositoryCopy copy, long revision, int skip, int limit, Reader reader, CancellationToken cancellationToken);

    /// <summary>What a revision changed in each of these paths, in the same order; as many as could be compared within the limits.</summary>
    [Alias("DiffRevision")]
    Task<HistoryAnswer<DiffPage>> DiffRevision(
        RepositoryCopy copy, long revision, ImmutableArray<string> paths, DiffOptions options, Reader reader, CancellationToken cancellationToken);

    /// <summary>A part of a revision as a patch that <c>svn patch</c> and <c>patch -p0</c> apply.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="skip">How many of the paths that the reader may see are in the parts before.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    [Alias("ReadPatch")]
    Task<HistoryAnswer<PatchPiece>> ReadPatch(RepositoryCopy copy, long revision, int skip, Reader reader, CancellationToken cancellationToken);

    /// <summary>Where two trees, or two files, differ, and how; as much as could be compared within the limits.</summary>
    [Alias("Compare")]
    Task<HistoryAnswer<Comparison>> Compare(
        RepositoryCopy copy, PegPath from, PegPath to, DiffOptions options, Reader reader, CancellationToken cancellationToken);

    /// <summary>Who last changed each line of a file, and when.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="path">The file and the revision in which it is looked up.</param>
    /// <param name="creditMerged">Whether to credit lines that were merged to the revisions that wrote them, as <c>svn blame -g</c> does; not done where that takes too long.</param>
    /// <param name="most">The most time to spend; never more than <see cref="DiffOptions.LongestTime"/>.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    [Alias("Blame")]
    Task<HistoryAnswer<BlameView>> Blame(RepositoryCopy copy, PegPath path, bool creditMerged, TimeSpan most, Reader reader, CancellationToken cancellationToken);

    /// <summary>The branches or tags of a project that is laid out as usual, a page at a time, with where each came from and how far it has gone from there.</summary>
    [Alias("ListLines")]
    Task<HistoryAnswer<LinesPage>> ListLines(RepositoryCopy copy, LinesQuery query, Reader reader, CancellationToken cancellationToken);
}
