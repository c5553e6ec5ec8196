namespace RepoPortal.Portal.Repositories.Search;

/// <summary>Shows where something is in a text.</summary>
internal static class MatchedLines
{
    // About as much as stands in a line of the page; what stands before the match helps to understand it.
    private const int MostCharacters = 240;
    private const int MostBefore = 80;

    /// <summary>The first lines that have any of these ranges, counted as the page of a file counts them, and whether there are more.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ranges">Ranges in it, in order.</param>
    /// <param name="most">The most lines wanted.</param>
    internal static (IReadOnlyList<LineHit> Lines, bool HasMore) Of(string text, IReadOnlyList<MatchRange> ranges, int most)
    {
        var lines = new List<LineHit>();
        var (number, start, next) = (1, 0, 0);
        while (next < ranges.Count)
        {
            var end = text.AsSpan(start).IndexOfAny('\r', '\n') is >= 0 and var length ? start + length : text.Length;
            if (ranges[next].Start < end)
            {
                if (lines.Count == most)
                    return (lines, true);
                var here = ranges.Skip(next).TakeWhile(range => range.Start < end).ToList();
                next += here.Count;
                // How far a line is indented says little without those around it.
                var first = start + text.AsSpan(start, end - start).IndexOfAnyExcept(' ', '\t');
                lines.Add(new LineHit(number, Cut(text, here, first, end, MostCharacters)));
            }

            number++;
            start = end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
        }

        return (lines, false);
    }

    /// <summary>A part of a text around the first of some ranges, and those that are in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ranges">Ranges in it, in order; they may go on beyond the part.</param>
    /// <param name="start">Where the part may begin.</param>
    /// <param name="end">Where it has to end.</param>
    /// <param name="most">The most characters wanted.</param>
    internal static MarkedText Cut(string text, IReadOnlyList<MatchRange> ranges, int start, int end, int most)
    {
        var from = end - start <= most || ranges.Count == 0 ? start : Math.Max(start, Math.Min(ranges[0].Start - MostBefore, end - most));
        from += from > start && char.IsLowSurrogate(text[from]) ? 1 : 0;
        var to = Math.Min(end, from + most);
        to -= to < end && char.IsLowSurrogate(text[to]) ? 1 : 0;
        var lead = from > start ? "… " : "";
        return new MarkedText(
            $"{lead}{text[from..to]}{(to < end ? " …" : "")}",
            [
                .. ranges.SkipWhile(range => range.End <= from).TakeWhile(range => range.Start < to)
                    .Select(range => new MatchRange(Math.Max(range.Start, from) - from + lead.Length, Math.Min(range.End, to) - from + lead.Length)),
            ]);
    }
}
