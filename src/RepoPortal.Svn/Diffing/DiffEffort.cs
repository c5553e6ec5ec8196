namespace RepoPortal.Svn.Diffing;

/// <summary>Tells beforehand whether two texts can be compared in about a second: libsvn's time grows with the lines times the differences.</summary>
internal static class DiffEffort
{
    // Measured: 3.4 ns for each line and difference.
    private const long Most = 300_000_000;

    public static bool IsAffordable(ReadOnlySpan<byte> original, ReadOnlySpan<byte> modified, int originalLines, int modifiedLines) =>
        (long)originalLines * modifiedLines <= Most
        || Math.Min(originalLines, modifiedLines) * (long)Differences(Hashes(original, originalLines), Hashes(modified, modifiedLines)) <= Most;

    // How many lines, of those that are in both, do not stand in the same order: lines that are in one text only cost libsvn next to nothing. Those that come
    // more than once (an empty line, a brace) are passed over, unless nearly all do, as in measurements.
    private static int Differences(int[] original, int[] modified)
    {
        var once = new Dictionary<int, int>(original.Length);
        for (var i = 0; i < original.Length; i++) once[original[i]] = once.ContainsKey(original[i]) ? -1 : i;
        var positions = new List<int>(modified.Length);
        foreach (var line in modified)
        {
            if (once.TryGetValue(line, out var at) && at >= 0) positions.Add(at);
        }

        var unique = once.Count(pair => pair.Value >= 0);
        return positions.Count - Ascending(positions) + (unique < original.Length / 10 ? original.Length - unique : 0);
    }

    // The length of the longest ascending subsequence, by patience.
    private static int Ascending(List<int> positions)
    {
        var tops = new List<int>();
        foreach (var position in positions)
        {
            var pile = tops.BinarySearch(position);
            if (pile < 0) pile = ~pile;
            if (pile == tops.Count) tops.Add(position);
            else tops[pile] = position;
        }

        return tops.Count;
    }

    private static int[] Hashes(ReadOnlySpan<byte> text, int lines)
    {
        var hashes = new int[lines];
        for (var i = 0; i < lines; i++)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            var hash = default(HashCode);
            hash.AddBytes(line);
            hashes[i] = hash.ToHashCode();
            text = text[(line.Length + (end < 0 ? 0 : 1))..];
        }

        return hashes;
    }
}
