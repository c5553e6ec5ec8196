using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Contracts.Content;

/// <summary>
/// What stands in the repositories of one machine, read on somebody's behalf. The key is the node's name; the activation lives on the silo of that machine
/// (<see cref="NodePinnedAttribute"/>).
/// </summary>
/// <remarks>
/// Every answer is what the reader may see by the copy's access file at the moment of the call, and says which revision it was read at. Operations on a copy that is
/// not there fail with <see cref="CopyNotFoundException"/>; a broken world is a <see cref="StorageException"/>. Nothing is kept between two calls that a caller would miss: whoever
/// reads something large comes back with the place where it goes on, after however long, whichever process answers then.
/// </remarks>
[Alias("RepoPortal.Content")]
public interface IContentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Names the state that a copy is in, for whoever kept an answer: as long as it is the same, every question gets the answer it got, unless an operator changed
    /// a revision property on the disk. It says nothing of what the repository holds.
    /// </summary>
    [Alias("NameState")]
    Task<string> NameState(RepositoryCopy copy, CancellationToken cancellationToken);

    /// <summary>What is at a path: <see cref="DirectoryContent"/>, <see cref="FileContent"/>, or <see cref="NoContent"/> with what is nearest.</summary>
    [Alias("View")]
    Task<ContentAnswer> View(RepositoryCopy copy, ContentRequest request, Reader reader, CancellationToken cancellationToken);

    /// <summary>
    /// A piece of a file, of <see cref="FilePiece.MostBytes"/> or up to its end; null when the reader may not, or no longer, read such a file. To read on where a piece
    /// ended costs no more than the piece; to begin elsewhere costs reading up to there.
    /// </summary>
    [Alias("ReadFile")]
    Task<FilePiece?> ReadFile(RepositoryCopy copy, PathAtRevision file, long offset, Reader reader, CancellationToken cancellationToken);

    /// <summary>
    /// What is below a directory, each directory before what is in it, some of it at a time; null when the reader may not, or no longer, see such a directory.
    /// </summary>
    /// <param name="copy">The copy.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="after">The path, relative to the directory, that the answer before ended with; null to begin.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    [Alias("ListBelow")]
    Task<TreePiece?> ListBelow(RepositoryCopy copy, PathAtRevision directory, string? after, Reader reader, CancellationToken cancellationToken);

    /// <summary>
    /// The files below a directory whose paths match, the best first; null when there is no such directory or revision, or none that the reader may see. Takes some seconds at the most, and
    /// says when that was not enough.
    /// </summary>
    [Alias("FindPaths")]
    Task<FoundPaths?> FindPaths(RepositoryCopy copy, PathSearch search, Reader reader, CancellationToken cancellationToken);

    /// <summary>The locks that are held now on files that the reader may see, in the order of their paths.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="most">The most that are wanted.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    [Alias("ListLocks")]
    Task<HeldLocks> ListLocks(RepositoryCopy copy, int most, Reader reader, CancellationToken cancellationToken);
}
