namespace RepoPortal.Svn;

/// <summary>An entry of a directory, and no more than its directory knows of it.</summary>
/// <param name="Name">The last segment of its path.</param>
/// <param name="NodeKind">File or directory.</param>
public readonly record struct SvnDirName(string Name, SvnNodeKind NodeKind);
