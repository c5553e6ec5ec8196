using System.Collections.Immutable;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Finds who last changed each line of a file.</summary>
/// <remarks>
/// It goes back from the file as it is, and compares each revision of it with the one before, as <c>svn blame</c> does the other way round: so what is found is
/// the same, the newest is known first, and the walk ends when every line is known.
/// </remarks>
internal sealed class BlameFile(ReadHistory read, TimeProvider time)
{
    private const int MostLines = 30_000;

    /// <exception cref="StorageException">The copy is not there, or cannot be read.</exception>
    public HistoryAnswer<BlameView> Run(RepositoryCopy copy, PegPath path, bool creditMerged, TimeSpan most, Reader reader, CancellationToken cancellationToken) =>
        read.Run<BlameView>(copy, path, reader, (history, found) =>
        {
            if (found.Kind != SvnNodeKind.File)
                return new Absence(AbsenceReason.File, found.Place.Path, found.Place.Revision, history.Youngest, found.Place.Path);
            var text = FileText.Read(history, found.Place);
            var lines = new TextLines(text.Utf8);
            if (text.Content != DiffContent.Lines || lines.Count > MostLines)
                return new BlameView(found.Place, text.Content == DiffContent.Lines ? DiffContent.TooLarge : text.Content, [], [], [], 0, null, false);
            var budget = new ReadingBudget(time, most > DiffOptions.LongestTime ? DiffOptions.LongestTime : most);
            // What was merged is found before any line is looked at; that gets no more than half of the time, so that something can be shown in any case.
            var half = new ReadingBudget(time, budget.Most / 2);
            var merged = creditMerged
                ? history.Look.GetFileRevisions(history.At(found.Place.Revision), found.Place.Path, history.MaySee, () => half.IsOver, cancellationToken)
                : null;
            var walk = new BlameWalk(history, text, lines.Count, budget);
            if (merged is not null)
                walk.ReceiveAll(merged);
            else
                history.Look.VisitHistory(history.At(found.Place.Revision), found.Place.Path, place => walk.Receive(new SvnFileRevision(place.Path, place.Revision, false)), cancellationToken);
            walk.Finish();
            return new BlameView(
                found.Place, DiffContent.Lines, [.. Enumerable.Range(0, lines.Count).Select(line => lines.Describe(line, DiffSide.Both).Text)],
                walk.Blocks(), walk.Revisions(), walk.Walked, walk.StoppedAt, merged is not null);
        }, cancellationToken);
}

/// <summary>Goes back through the revisions of a file, the youngest first, and takes down which lines each of them brought.</summary>
internal sealed class BlameWalk
{
    private const int LongestMessage = 200;
    private const int Nowhere = -1;

    private readonly SightedHistory _history;
    private readonly ReadingBudget _budget;
    private readonly long?[] _owners;
    private readonly Dictionary<long, PathAtRevision?> _previous = [];
    private readonly Dictionary<long, PathAtRevision?> _mergedFrom = [];
    private SvnFileRevision? _present;
    private long? _withoutPrevious;
    private FileText _text;

    // For each line of the present text the line of the file that it became.
    private int[] _became;
    private int _unknown;
    private bool _isCut;

    /// <param name="history">The history.</param>
    /// <param name="text">The file as it is.</param>
    /// <param name="lines">How many lines it has.</param>
    /// <param name="budget">The time there is.</param>
    public BlameWalk(SightedHistory history, FileText text, int lines, ReadingBudget budget)
    {
        (_history, _text, _budget, _unknown) = (history, text, budget, lines);
        _owners = new long?[lines];
        _became = [.. Enumerable.Range(0, lines)];
    }

    /// <summary>How many revisions of the file were looked at.</summary>
    public int Walked { get; private set; }

    /// <summary>The oldest revision that was looked at, when the walk ended before every line was known.</summary>
    public long? StoppedAt => _isCut && _unknown > 0 ? _present?.Revision : null;

    /// <summary>Takes revisions, the oldest first, and goes back through them.</summary>
    public void ReceiveAll(IReadOnlyList<SvnFileRevision> places)
    {
        for (var at = places.Count - 1; at >= 0 && Receive(places[at]); at--)
        {
        }
    }

    /// <summary>Takes the next revision; false when every line is known, or time is over.</summary>
    public bool Receive(SvnFileRevision place)
    {
        if (_present is { } present)
        {
            _isCut = _budget.IsOver;
            // What comes from where the reader may not look, or from what was no text, came for them with the revision that brought it here; svn says the same.
            if (_isCut || !_history.MaySee(place.Path) || FileText.Read(_history, new PathAtRevision(place.Path, place.Revision)) is not { Content: DiffContent.Lines } older)
                return false;

            Attribute(present, older);
        }

        if (!place.IsMerged)
        {
            if (_withoutPrevious is { } next)
                _previous[next] = new PathAtRevision(place.Path, place.Revision);
            _withoutPrevious = place.Revision;
        }

        Walked++;
        _present = place;
        return _unknown > 0;
    }

    /// <summary>What is left came with the oldest revision, if the walk got that far.</summary>
    public void Finish()
    {
        if (_isCut || _present is not { } oldest || _unknown == 0)
            return;
        foreach (var line in _became.Where(line => line != Nowhere))
            Own(line, oldest);
    }

    public ImmutableArray<BlameBlock> Blocks()
    {
        var blocks = ImmutableArray.CreateBuilder<BlameBlock>();
        for (var first = 0; first < _owners.Length;)
        {
            var end = first + 1;
            while (end < _owners.Length && _owners[end] == _owners[first])
                end++;
            blocks.Add(new BlameBlock(end - first, _owners[first]));
            first = end;
        }

        return blocks.ToImmutable();
    }

    public ImmutableArray<BlameRevision> Revisions() => [.. _owners.OfType<long>().Distinct().OrderDescending().Select(Describe)];

    private BlameRevision Describe(long revision)
    {
        var from = _mergedFrom[revision];
        return new BlameRevision(Header(revision), from is null ? _previous.GetValueOrDefault(revision) : null, from);
    }

    private void Attribute(SvnFileRevision present, FileText older)
    {
        var changes = SvnLineDiff.Compare(older.Utf8, _text.Utf8).Changes;
        var became = new int[_became.Length + changes.Sum(change => change.OriginalLength - change.ModifiedLength)];
        Array.Fill(became, Nowhere);
        var (old, at) = (0, 0);
        foreach (var change in changes)
        {
            Array.Copy(_became, at, became, old, change.ModifiedStart - at);
            at = change.ModifiedStart + change.ModifiedLength;
            old = change.OriginalStart + change.OriginalLength;
            foreach (var line in _became.AsSpan(change.ModifiedStart, change.ModifiedLength))
            {
                if (line != Nowhere)
                    Own(line, present);
            }
        }

        Array.Copy(_became, at, became, old, _became.Length - at);
        (_became, _text) = (became, older);
    }

    private void Own(int line, SvnFileRevision place)
    {
        _owners[line] = place.Revision;
        // One that wrote here and there is the file's own.
        _mergedFrom[place.Revision] = place.IsMerged && _mergedFrom.GetValueOrDefault(place.Revision, new PathAtRevision(place.Path, place.Revision)) is not null
            ? new PathAtRevision(place.Path, place.Revision)
            : null;
        _unknown--;
    }

    private CommitHeader Header(long revision)
    {
        var commit = _history.Header(revision);
        return commit.Message is { Length: > LongestMessage } message ? commit with { Message = message[..LongestMessage] } : commit;
    }
}
