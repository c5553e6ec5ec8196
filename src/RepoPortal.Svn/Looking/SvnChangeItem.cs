namespace RepoPortal.Svn;

/// <summary>A path that a commit changed.</summary>
/// <param name="Path">Absolute in the repository, such as <c>/trunk/README</c>.</param>
/// <param name="Action">What was done.</param>
/// <param name="NodeKind">What the path is; for a deletion, what it was; unknown where the repository is too old to record it.</param>
/// <param name="ContentModified">Whether the file's content was touched.</param>
/// <param name="PropertiesModified">Whether its properties were touched.</param>
/// <param name="CopyFromPath">Where it was copied from; null for no copy.</param>
/// <param name="CopyFromRevision">The revision it was copied from; null for no copy.</param>
public sealed record SvnChangeItem(
    string Path,
    SvnChangeAction Action,
    SvnNodeKind NodeKind,
    bool ContentModified,
    bool PropertiesModified,
    string? CopyFromPath,
    long? CopyFromRevision);
