using RepoPortal.Contracts.History;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Feeds;

/// <summary>A commit in a feed, as its reader may know it.</summary>
/// <param name="Repository">Where it was made.</param>
/// <param name="Uuid">The repository's UUID, which outlives its name.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Author">The <c>svn:author</c>; null when there is none.</param>
/// <param name="At">The <c>svn:date</c>; null when there is none.</param>
/// <param name="Message">The <c>svn:log</c>; null when it is not for the reader.</param>
/// <param name="Extent">Where something was changed, in words.</param>
internal sealed record FeedItem(RepositoryName Repository, Guid Uuid, long Revision, string? Author, DateTimeOffset? At, string? Message, string Extent)
{
    /// <summary>As it is in the record.</summary>
    internal static FeedItem Of(RepositoryName repository, Guid uuid, CommitView commit) => new(
        repository, uuid, commit.Revision, commit.Author, commit.At, commit.Message, $"{Format.Count(commit.ChangedPaths, "path", "paths")} in {commit.CommonPath}");

    /// <summary>As it stands in the log of a path.</summary>
    internal static FeedItem Of(RepositoryName repository, Guid uuid, LogEntry entry) => new(
        repository, uuid, entry.Commit.Revision, entry.Commit.Author, entry.Commit.At, entry.Commit.Message,
        entry.CopiedFrom is { } source ? $"{entry.Path}, copied from {source.Path} at {Format.Revision(source.Revision)}" : entry.Path);
}
