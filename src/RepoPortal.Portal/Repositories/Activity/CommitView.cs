namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>A commit as one reader may know it.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Author">The <c>svn:author</c>; null when there is none.</param>
/// <param name="At">The <c>svn:date</c>; null when there is none.</param>
/// <param name="Message">The start of the <c>svn:log</c>; null when the commit also changed or copied paths that the reader may not see.</param>
/// <param name="ChangedPaths">How many paths it changed, of those that the reader may see.</param>
/// <param name="CommonPath">The deepest directory that holds all of them.</param>
/// <param name="SizeBytes">What it added to the store; 0 when that is not known, or not for the reader.</param>
public sealed record CommitView(long Revision, string? Author, DateTimeOffset? At, string? Message, int ChangedPaths, string CommonPath, long SizeBytes)
{
    internal static CommitView Of(Commit commit) =>
        new(commit.Revision, commit.Author, commit.At, commit.Message, commit.ChangedPaths, commit.CommonPath, commit.SizeBytes);
}

/// <summary>Some commits, the youngest first.</summary>
/// <param name="Commits">Those that the reader may know of.</param>
/// <param name="Before">Where older ones begin: to be asked for revisions before this one; null when there are none.</param>
internal sealed record CommitPage(IReadOnlyList<CommitView> Commits, long? Before)
{
    internal static readonly CommitPage Empty = new([], null);
}
