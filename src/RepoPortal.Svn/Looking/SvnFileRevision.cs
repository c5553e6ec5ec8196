namespace RepoPortal.Svn;

/// <summary>A file as it was in a revision that its lines may come from.</summary>
/// <param name="Path">Where it was.</param>
/// <param name="Revision">The revision.</param>
/// <param name="IsMerged">Whether it is not its own history, but what was merged into it.</param>
public readonly record struct SvnFileRevision(string Path, long Revision, bool IsMerged);
