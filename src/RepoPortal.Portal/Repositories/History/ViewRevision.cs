using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>A revision as a page shows it.</summary>
/// <param name="Extract">Who, when, why, and some of the changed paths.</param>
/// <param name="Diffs">How those differ, or the one that was asked for; null when nobody asked and there are many.</param>
internal sealed record RevisionView(RevisionExtract Extract, DiffPage? Diffs);

/// <summary>Shows a revision: changed paths first, and what changed in them if they are few, or in the one that is asked for.</summary>
internal sealed class ViewRevision(AskHistory history)
{
    internal const int PathsPerPage = 200;
    private const int FewPaths = 50;

    /// <param name="name">The repository's name.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="skip">How many changed paths to pass over.</param>
    /// <param name="path">The one path to be compared; null for all, if they are few.</param>
    /// <param name="options">How, and where to stop.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task<Outcome<HistoryAnswer<RevisionView>>> ExecuteAsync(
        string name, long revision, int skip, string? path, DiffOptions options, Actor actor, CancellationToken cancellationToken) =>
        history.ExecuteAsync(name, actor, (grain, copy, reader) => AskAsync(grain, copy, reader, revision, skip, path, options, cancellationToken), cancellationToken);

    private static async Task<HistoryAnswer<RevisionView>> AskAsync(
        IHistoryGrain grain, RepositoryCopy copy, Reader reader, long revision, int skip, string? path, DiffOptions options, CancellationToken cancellationToken)
    {
        var answer = await grain.ReadRevision(copy, revision, skip, PathsPerPage, reader, cancellationToken);
        if (answer.Value is not { } extract)
            return answer.Absence!;
        var wanted = path is not null ? [path] : skip == 0 && !extract.HasMore && extract.Changes.Length <= FewPaths ? extract.Changes.Select(change => change.Path).ToArray() : [];
        if (wanted.Length == 0)
            return new RevisionView(extract, null);
        var diffs = await grain.DiffRevision(copy, revision, [.. wanted], options, reader, cancellationToken);
        return diffs.Absence is { } absence ? absence : new RevisionView(extract, diffs.Value);
    }
}
