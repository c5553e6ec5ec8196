using System.Collections.Immutable;
using RepoPortal.Contracts.History;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.History;

/// <summary>Differences that are shown together, because the lines around them touch.</summary>
/// <param name="OldStart">The first line of the old text, from 0.</param>
/// <param name="OldEnd">The line after the last one.</param>
/// <param name="NewStart">The first line of the new text.</param>
/// <param name="NewEnd">The line after the last one.</param>
/// <param name="Changes">The differences.</param>
internal sealed record HunkRange(int OldStart, int OldEnd, int NewStart, int NewEnd, IReadOnlyList<SvnLineChange> Changes)
{
    /// <summary>Puts differences together with the lines around them.</summary>
    /// <param name="changes">The differences.</param>
    /// <param name="oldCount">How many lines the old text has.</param>
    /// <param name="newCount">How many lines the new text has.</param>
    /// <param name="context">How many lines around them.</param>
    public static IEnumerable<HunkRange> Of(IReadOnlyList<SvnLineChange> changes, int oldCount, int newCount, int context = DiffOptions.UsualContext)
    {
        for (var first = 0; first < changes.Count;)
        {
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].OriginalStart - EndOf(changes[last]) <= 2 * context)
                last++;
            var before = Math.Min(context, Math.Min(changes[first].OriginalStart, changes[first].ModifiedStart));
            var newEnd = changes[last].ModifiedStart + changes[last].ModifiedLength;
            var after = Math.Min(context, Math.Min(oldCount - EndOf(changes[last]), newCount - newEnd));
            yield return new HunkRange(
                changes[first].OriginalStart - before, EndOf(changes[last]) + after, changes[first].ModifiedStart - before, newEnd + after,
                [.. changes.Skip(first).Take(last - first + 1)]);
            first = last + 1;
        }
    }

    /// <summary>Each line in the order in which it is written: which text it is in, and its number there.</summary>
    public IEnumerable<(DiffSide Side, int Line)> Lines()
    {
        var at = NewStart;
        foreach (var change in Changes)
        {
            for (; at < change.ModifiedStart; at++)
                yield return (DiffSide.Both, at);
            for (var old = 0; old < change.OriginalLength; old++)
                yield return (DiffSide.Old, change.OriginalStart + old);
            for (; at < change.ModifiedStart + change.ModifiedLength; at++)
                yield return (DiffSide.New, at);
        }

        for (; at < NewEnd; at++)
            yield return (DiffSide.Both, at);
    }

    private static int EndOf(SvnLineChange change) => change.OriginalStart + change.OriginalLength;
}

/// <summary>Makes hunks out of two texts, as many lines as there is room for.</summary>
internal static class Hunks
{
    /// <param name="old">The old text.</param>
    /// <param name="present">The new text.</param>
    /// <param name="changes">Where they differ.</param>
    /// <param name="room">How many lines there is room for.</param>
    /// <param name="context">How many lines to show around them.</param>
    public static (ImmutableArray<DiffHunk> Hunks, bool IsCut) Build(
        TextLines old, TextLines present, IReadOnlyList<SvnLineChange> changes, int room, int context = DiffOptions.UsualContext)
    {
        var hunks = ImmutableArray.CreateBuilder<DiffHunk>();
        foreach (var range in HunkRange.Of(changes, old.Count, present.Count, context))
        {
            if (room <= 0)
                return (hunks.ToImmutable(), true);
            var lines = range.Lines().Take(room).Select(line => (line.Side == DiffSide.Old ? old : present).Describe(line.Line, line.Side)).ToImmutableArray();
            room -= lines.Length;
            var (oldLength, newLength) = (range.OldEnd - range.OldStart, range.NewEnd - range.NewStart);
            hunks.Add(new DiffHunk(range.OldStart + (oldLength > 0 ? 1 : 0), oldLength, range.NewStart + (newLength > 0 ? 1 : 0), newLength, lines));
            if (lines.Length < range.Lines().Count())
                return (hunks.ToImmutable(), true);
        }

        return (hunks.ToImmutable(), false);
    }
}
