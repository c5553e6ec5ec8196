using System.Collections.Immutable;
using RepoPortal.Contracts.History;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>A line as it is shown.</summary>
/// <param name="Line">The line.</param>
/// <param name="Number">Its number in the old text; null when it is not in it.</param>
/// <param name="NewNumber">Its number in the new text.</param>
/// <param name="Pieces">The line in pieces, those that differ marked.</param>
internal sealed record DiffRow(DiffLine Line, int? Number, int? NewNumber, ImmutableArray<LinePiece> Pieces);

/// <summary>The lines of a hunk, with their numbers and marked words: below each other, or side by side.</summary>
internal static class DiffRows
{
    /// <summary>Below each other.</summary>
    internal static IReadOnlyList<DiffRow> Unified(DiffHunk hunk) =>
        [.. Blocks(hunk).SelectMany(block => block.Old.Length > 0 && ReferenceEquals(block.Old[0], block.New.FirstOrDefault()) ? block.Old : [.. block.Old, .. block.New])];

    /// <summary>Side by side; null where there is nothing on a side.</summary>
    internal static IEnumerable<(DiffRow? Old, DiffRow? New)> Split(DiffHunk hunk)
    {
        foreach (var (old, present) in Blocks(hunk))
        {
            for (var i = 0; i < Math.Max(old.Length, present.Length); i++)
                yield return (i < old.Length ? old[i] : null, i < present.Length ? present[i] : null);
        }
    }

    // Lines that are in both, which are the same on both sides; or lines that were removed and those that stand in their place.
    private static IEnumerable<(DiffRow[] Old, DiffRow[] New)> Blocks(DiffHunk hunk)
    {
        var (old, present) = (hunk.OldStart, hunk.NewStart);
        for (var at = 0; at < hunk.Lines.Length;)
        {
            if (hunk.Lines[at].Side == DiffSide.Both)
            {
                DiffRow[] both = [new DiffRow(hunk.Lines[at], old++, present++, WordDiff.Whole(hunk.Lines[at].Text))];
                at++;
                yield return (both, both);
                continue;
            }

            var removed = Take(hunk.Lines, ref at, DiffSide.Old);
            var added = Take(hunk.Lines, ref at, DiffSide.New);
            var pairs = removed.Zip(added, (a, b) => WordDiff.Compare(a.Text, b.Text)).ToArray();
            var (oldStart, newStart) = (old, present);
            old += removed.Count;
            present += added.Count;
            yield return (
                [.. removed.Select((line, index) => new DiffRow(line, oldStart + index, null, index < pairs.Length ? pairs[index].Old : WordDiff.Whole(line.Text)))],
                [.. added.Select((line, index) => new DiffRow(line, null, newStart + index, index < pairs.Length ? pairs[index].New : WordDiff.Whole(line.Text)))]);
        }
    }

    private static List<DiffLine> Take(ImmutableArray<DiffLine> lines, ref int at, DiffSide side)
    {
        var taken = new List<DiffLine>();
        for (; at < lines.Length && lines[at].Side == side; at++)
            taken.Add(lines[at]);
        return taken;
    }
}
