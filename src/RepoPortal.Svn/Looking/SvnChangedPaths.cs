namespace RepoPortal.Svn;

/// <summary>The paths a revision changed, ordered by path.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="IsTruncated">Whether there are more; which ones are left out is not defined.</param>
public sealed record SvnChangedPaths(IReadOnlyList<SvnChangeItem> Items, bool IsTruncated);
