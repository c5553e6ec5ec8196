using System.Collections.Immutable;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Reads the log of a path, as much of it as makes a page: the time it takes does not depend on how long the history is.</summary>
internal sealed class ReadLog(ReadHistory read, TimeProvider time)
{
    /// <summary>The most revisions that are looked at for one page, whether they are wanted or not.</summary>
    internal const int MostLookedAt = 5000;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<LogExtract> Run(RepositoryCopy copy, LogQuery query, Reader reader, CancellationToken cancellationToken) =>
        read.Run<LogExtract>(copy, query.Path, reader, (history, found) =>
        {
            var page = new LogWalk(history, query, new ReadingBudget(time, MostTime));
            if (found.Place.Path == "/")
                WalkAll(found.Place.Revision, page);
            else
                history.Look.VisitHistory(history.At(found.Place.Revision), found.Place.Path, page.Receive, cancellationToken);
            return page.ToPage(found);
        }, cancellationToken);

    // Every revision changes the root, which somebody may see only in part: then a revision counts by what it changed, not by the root.
    private static void WalkAll(long youngest, LogWalk page)
    {
        for (var revision = youngest; revision > 0 && page.Receive(new SvnNodeLocation("/", revision)); revision--)
        {
        }
    }
}

/// <summary>Collects the entries of one page of a log.</summary>
internal sealed class LogWalk(SightedHistory history, LogQuery query, ReadingBudget budget)
{
    private const int LongestMessage = 4000;

    // Dates rise with the revisions, but for imported ones, and a clock that was wrong for a while.
    private static readonly TimeSpan DatesMayBeWrongBy = TimeSpan.FromDays(30);

    private readonly List<LogEntry> _entries = [];
    private readonly int _limit = Math.Clamp(query.Limit, 1, LogQuery.MostEntries);
    private SvnNodeLocation? _last;
    private bool _isLastWanted;
    private PathAtRevision? _next;
    private int _lookedAt;
    private bool _isCutShort;
    private bool _isEndHidden;

    /// <summary>Takes the next place; false when the page is full, or nothing more is to be seen.</summary>
    public bool Receive(SvnNodeLocation place)
    {
        history.Cancellation.ThrowIfCancellationRequested();
        // As in Subversion's own log: a history that comes from where the reader may not look ends there.
        if (place.Path != "/" && !history.MaySee(place.Path))
        {
            _isEndHidden = true;
            return false;
        }

        if (_last is { } last && last.Path != place.Path && _isLastWanted)
            _entries[^1] = _entries[^1] with { CopiedFrom = CopySource(last) };
        if (_entries.Count == _limit || _lookedAt == ReadLog.MostLookedAt || budget.IsOver)
        {
            _isCutShort = _entries.Count < _limit;
            _next = new PathAtRevision(place.Path, place.Revision);
            return false;
        }

        _lookedAt++;
        _last = place;
        return Consider(place);
    }

    public LogExtract ToPage(FoundNode found) =>
        new(found.Place, found.Kind == SvnNodeKind.Directory, [.. _entries], _next, _lookedAt, _isCutShort, _isEndHidden);

    private bool Consider(SvnNodeLocation place)
    {
        var commit = history.Header(place.Revision);
        _isLastWanted = IsWanted(commit);
        if (_isLastWanted)
            _entries.Add(new LogEntry(commit with { Message = Cut(commit.Message) }, place.Path, null));
        return query.Since is not { } since || commit.At is not { } at || at > since - DatesMayBeWrongBy;
    }

    private bool IsWanted(CommitHeader commit) =>
        commit.Visibility != RevisionVisibility.None
        && (query.Author is not { Length: > 0 } author || commit.Author?.Contains(author, StringComparison.OrdinalIgnoreCase) is true)
        && (query.Text is not { Length: > 0 } text || commit.Message?.Contains(text, StringComparison.OrdinalIgnoreCase) is true)
        && (query.Since is not { } since || commit.At >= since)
        && (query.Before is not { } before || commit.At < before);

    private PathAtRevision? CopySource(SvnNodeLocation place) =>
        history.Look.GetCopy(history.At(place.Revision), place.Path) is { } copy && copy.To.Revision == place.Revision
            ? history.Visible(RevisionChanges.CopySource(copy, place.Path))
            : null;

    private static string? Cut(string? message) => message is { Length: > LongestMessage } ? message[..LongestMessage] : message;
}
