using RepoPortal.Contracts.History;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>Compares any two paths at any two revisions.</summary>
internal sealed class ViewComparison(AskHistory history)
{
    /// <param name="name">The repository's name.</param>
    /// <param name="from">The first path, with its revision.</param>
    /// <param name="to">The second.</param>
    /// <param name="options">How, and where to stop.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<HistoryAnswer<Comparison>>> ExecuteAsync(
        string name, string from, string to, DiffOptions options, Actor actor, CancellationToken cancellationToken)
    {
        if (!PegText.Parse(from, "from").Succeeded(out var first, out var refusal) || !PegText.Parse(to, "to").Succeeded(out var second, out refusal))
            return refusal;
        return await history.ExecuteAsync(name, actor, (grain, copy, reader) => grain.Compare(copy, first, second, options, reader, cancellationToken), cancellationToken);
    }
}
