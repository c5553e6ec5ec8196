using System.Buffers;
using System.Collections.Immutable;
using RepoPortal.Contracts.Content;

namespace RepoPortal.StorageNode.Reading;

/// <summary>
/// Finds the letters of a query in paths, in their order, with others between them, and says how well they fit. The file finder's script (<c>wwwroot/js/finder.js</c>) does the
/// same, so that it makes no difference where a list is searched.
/// </summary>
internal sealed class PathMatcher
{
    // Letters that follow each other, or begin a word, are what somebody meant; those of the file's name before those of its directories.
    private const int Together = 8;
    private const int Apart = -5;
    private const int AtWord = 7;
    private const int InName = 3;
    private const int None = int.MinValue / 2;

    private readonly string _letters;

    /// <param name="query">What somebody typed; white space separates nothing.</param>
    public PathMatcher(string query)
    {
        var letters = string.Concat(query.Where(letter => !char.IsWhiteSpace(letter)).Select(char.ToLowerInvariant));
        _letters = letters[..Math.Min(letters.Length, PathSearch.MostLetters)];
    }

    /// <summary>Whether every path matches.</summary>
    public bool IsEmpty => _letters.Length == 0;

    /// <summary>How well a path fits, more being better; null when it does not.</summary>
    public int? Score(string path) => Fits(path) ? Solve(path, null) : null;

    /// <summary>Where in a path that fits the letters are.</summary>
    public PathMatch Mark(string path)
    {
        var places = new int[_letters.Length];
        if (!IsEmpty)
            Solve(path, places);
        return new PathMatch(path, [.. places]);
    }

    private bool Fits(string path)
    {
        var found = 0;
        foreach (var letter in path)
        {
            if (found < _letters.Length && char.ToLowerInvariant(letter) == _letters[found])
                found++;
        }

        return found == _letters.Length;
    }

    // The best of all ways to find the letters. A row per letter: the score of the best way that has it at that place.
    private int Solve(string path, int[]? places)
    {
        var width = path.Length;
        var table = ArrayPool<int>.Shared.Rent(_letters.Length * width);
        try
        {
            var name = path.LastIndexOf('/') + 1;
            for (var letter = 0; letter < _letters.Length; letter++)
                FillRow(path, name, letter, letter == 0 ? [] : table.AsSpan((letter - 1) * width, width), table.AsSpan(letter * width, width));
            var last = BestBefore(table.AsSpan((_letters.Length - 1) * width, width), width);
            var score = table[((_letters.Length - 1) * width) + last];
            if (places is not null)
                Trace(table, width, last, places);
            return score;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(table);
        }
    }

    private void FillRow(string path, int name, int letter, ReadOnlySpan<int> before, Span<int> row)
    {
        var best = letter == 0 ? 0 : None;
        for (var at = 0; at < path.Length; at++)
        {
            row[at] = None;
            if (char.ToLowerInvariant(path[at]) == _letters[letter])
            {
                var way = Math.Max(best, letter > 0 && at > 0 && before[at - 1] > None ? before[at - 1] + Together : None);
                if (way > None)
                    row[at] = way + (BeginsWord(path, at) ? AtWord : 0) + (at >= name ? InName : 0);
            }

            if (letter > 0)
                best = Math.Max(best, before[at] + Apart);
        }
    }

    private static void Trace(int[] table, int width, int last, int[] places)
    {
        for (var letter = places.Length - 1; letter >= 0; letter--)
        {
            places[letter] = last;
            if (letter == 0)
                return;
            var before = table.AsSpan((letter - 1) * width, width);
            var apart = BestBefore(before, last);
            last = before[last - 1] > None && before[last - 1] + Together >= before[apart] + Apart ? last - 1 : apart;
        }
    }

    // The last of several that are as good.
    private static int BestBefore(ReadOnlySpan<int> row, int end)
    {
        var best = end - 1;
        for (var at = end - 1; at >= 0; at--)
        {
            if (row[at] > row[best])
                best = at;
        }

        return best;
    }

    private static bool BeginsWord(string path, int at) =>
        at == 0 || path[at - 1] is '/' or '.' or '-' or '_' or ' ' || (char.IsUpper(path[at]) && char.IsLower(path[at - 1]));
}
