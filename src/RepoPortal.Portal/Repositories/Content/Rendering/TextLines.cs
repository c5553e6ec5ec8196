namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>The lines of a text, as many and as much of each as a page shows.</summary>
/// <param name="Lines">The lines, without their ends.</param>
/// <param name="Count">How many the text has.</param>
/// <param name="CutLines">How many are shown in part only, because they are that long.</param>
/// <param name="Ends">How they end: LF, CRLF, CR or mixed; null for a text of one line.</param>
internal sealed record TextLines(IReadOnlyList<string> Lines, int Count, int CutLines, string? Ends)
{
    /// <summary>The most that is shown of a line, in characters.</summary>
    internal const int MostCharacters = 5000;

    /// <summary>Splits at LF, CRLF and CR.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most lines wanted.</param>
    internal static TextLines Of(string text, int most)
    {
        var lines = new List<string>();
        var (count, cut) = (0, 0);
        var ends = new HashSet<string>(StringComparer.Ordinal);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOfAny('\r', '\n');
            var line = end < 0 ? rest : rest[..end];
            if (count++ < most)
            {
                cut += line.Length > MostCharacters ? 1 : 0;
                lines.Add(line.Length > MostCharacters ? $"{line[..MostCharacters]} …" : line.ToString());
            }

            if (end < 0)
                break;
            var kind = rest[end..].StartsWith("\r\n") ? "CRLF" : rest[end] == '\r' ? "CR" : "LF";
            ends.Add(kind);
            rest = rest[(end + (kind == "CRLF" ? 2 : 1))..];
        }

        return new TextLines(lines, count, cut, ends.Count switch { 0 => null, 1 => ends.Single(), _ => "mixed line ends" });
    }
}
