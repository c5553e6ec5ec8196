namespace RepoPortal.Svn;

/// <summary>A copy by which a path came to be where it is.</summary>
/// <param name="To">What was made by it, in the revision that made it: the path itself, or a directory above it.</param>
/// <param name="From">What was copied.</param>
public sealed record SvnCopy(SvnNodeLocation To, SvnNodeLocation From);
