using System.Collections.Immutable;
using DiffPlex;
using DiffPlex.Chunkers;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>A piece of a line.</summary>
/// <param name="Text">The piece.</param>
/// <param name="IsMarked">Whether it differs from the other line.</param>
internal readonly record struct LinePiece(string Text, bool IsMarked);

/// <summary>Finds the words in which two lines differ.</summary>
internal static class WordDiff
{
    private const int LongestLine = 1000;

    // A line that is another one altogether is not made clearer by the few words that happen to be the same.
    private const double LeastSame = 0.4;

    private static readonly DelimiterChunker Words = new([' ', '\t', '.', ',', ';', ':', '(', ')', '[', ']', '{', '}', '<', '>', '"', '\'', '=', '+', '-', '*', '/', '\\', '|', '&', '!', '?', '@', '#']);

    /// <summary>Both lines in pieces; each one piece without a mark when they are too long or have too little in common.</summary>
    internal static (ImmutableArray<LinePiece> Old, ImmutableArray<LinePiece> New) Compare(string old, string present)
    {
        if (old.Length is 0 or > LongestLine || present.Length is 0 or > LongestLine)
            return (Whole(old), Whole(present));
        var diff = Differ.Instance.CreateDiffs(old, present, ignoreWhiteSpace: false, ignoreCase: false, Words);
        var removed = diff.DiffBlocks.SelectMany(block => Enumerable.Range(block.DeleteStartA, block.DeleteCountA)).ToHashSet();
        var added = diff.DiffBlocks.SelectMany(block => Enumerable.Range(block.InsertStartB, block.InsertCountB)).ToHashSet();
        var same = diff.PiecesOld.Where((piece, index) => !removed.Contains(index) && !string.IsNullOrWhiteSpace(piece)).Sum(piece => piece.Length);
        return same < LeastSame * Math.Min(old.Trim().Length, present.Trim().Length)
            ? (Whole(old), Whole(present))
            : (Pieces(diff.PiecesOld, removed), Pieces(diff.PiecesNew, added));
    }

    /// <summary>A line without marks.</summary>
    internal static ImmutableArray<LinePiece> Whole(string line) => [new LinePiece(line, IsMarked: false)];

    private static ImmutableArray<LinePiece> Pieces(IReadOnlyList<string> words, HashSet<int> marked)
    {
        var pieces = ImmutableArray.CreateBuilder<LinePiece>();
        for (var first = 0; first < words.Count;)
        {
            var end = first + 1;
            while (end < words.Count && marked.Contains(end) == marked.Contains(first))
                end++;
            pieces.Add(new LinePiece(string.Concat(words.Skip(first).Take(end - first)), marked.Contains(first)));
            first = end;
        }

        return pieces.ToImmutable();
    }
}
