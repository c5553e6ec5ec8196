namespace RepoPortal.Svn;

/// <summary>A path as it was in a revision.</summary>
/// <param name="Path">Absolute in the repository.</param>
/// <param name="Revision">The revision.</param>
public readonly record struct SvnNodeLocation(string Path, long Revision);
