namespace RepoPortal.Svn;

/// <summary>Where to look: a repository, in one of its revisions.</summary>
/// <param name="RepositoryPath">The repository's directory on disk, absolute.</param>
/// <param name="Revision">The revision; null is the youngest at the time of the call.</param>
public sealed record SvnLookOrigin(string RepositoryPath, long? Revision = null);
