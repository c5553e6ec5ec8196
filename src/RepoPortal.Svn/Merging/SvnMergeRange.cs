namespace RepoPortal.Svn;

/// <summary>Revisions of a path that were merged.</summary>
/// <param name="First">The oldest of them.</param>
/// <param name="Last">The youngest of them.</param>
/// <param name="IsWhole">False when what is below the path did not get them: the star in <c>svn:mergeinfo</c>.</param>
public readonly record struct SvnMergeRange(long First, long Last, bool IsWhole);
