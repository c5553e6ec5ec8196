using System.Globalization;
using RepoPortal.Contracts.History;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>What a log is narrowed by, as it stands in the address.</summary>
/// <param name="Author">A part of the author's name.</param>
/// <param name="Text">A part of the message.</param>
/// <param name="Since">The first day.</param>
/// <param name="Until">The last day.</param>
public sealed record LogFilter(string? Author, string? Text, string? Since, string? Until)
{
    /// <summary>One that leaves nothing out.</summary>
    internal static readonly LogFilter None = new(null, null, null, null);

    /// <summary>Whether anything is left out.</summary>
    internal bool IsNarrow => new[] { Author, Text, Since, Until }.Any(value => value is { Length: > 0 });
}

/// <summary>Shows the log of a path, a page at a time.</summary>
internal sealed class ViewLog(AskHistory history)
{
    /// <summary>How many revisions a page has.</summary>
    internal const int PageSize = 50;

    /// <param name="name">The repository's name.</param>
    /// <param name="path">The path, and the revision in which it is looked up.</param>
    /// <param name="filter">What it is narrowed by; a day that is none narrows nothing.</param>
    /// <param name="limit">The most revisions wanted.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task<Outcome<HistoryAnswer<LogExtract>>> ExecuteAsync(string name, PegPath path, LogFilter filter, int limit, Actor actor, CancellationToken cancellationToken) =>
        history.ExecuteAsync(
            name, actor,
            (grain, copy, reader) => grain.ReadLog(
                copy, new LogQuery(path, limit, filter.Author?.Trim(), filter.Text?.Trim(), Day(filter.Since), Day(filter.Until)?.AddDays(1)), reader, cancellationToken),
            cancellationToken);

    private static DateTimeOffset? Day(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) && day.Year < 9999 ? day : null;
}
