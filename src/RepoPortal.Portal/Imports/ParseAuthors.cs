using System.Collections.Immutable;

namespace RepoPortal.Portal.Imports;

/// <summary>Reads which users authors are: lines of <c>author = user</c>.</summary>
internal static class ParseAuthors
{
    private const int MostAuthors = 10_000;
    private const int LongestAuthor = 1000;

    /// <summary>Reads the lines; empty ones and those that begin with <c>#</c> say nothing.</summary>
    internal static Outcome<ImmutableDictionary<string, string>> FromLines(string? text)
    {
        var authors = new List<KeyValuePair<string, string>>();
        foreach (var line in (text ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            // An author may have a '=' in their name, a user may not.
            var at = line.LastIndexOf('=');
            if (at < 1)
                return Refusal.Invalid("authors", $"'{line}' is not of the form 'author = user'.");
            authors.Add(new(line[..at].Trim(), line[(at + 1)..].Trim()));
        }

        return Of(authors);
    }

    /// <summary>Takes them when each is a user's name.</summary>
    internal static Outcome<ImmutableDictionary<string, string>> Of(IReadOnlyCollection<KeyValuePair<string, string>> authors)
    {
        if (authors.Count > MostAuthors)
            return Refusal.Invalid("authors", $"At most {MostAuthors} authors are mapped at once.");
        var map = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (author, name) in authors)
        {
            if (PlainText.Refuse(author, "An author", LongestAuthor) is { } refusal)
                return Refusal.Invalid("authors", refusal);
            if (!UserName.TryParse(name, out _, out var sentence))
                return Refusal.Invalid("authors", $"'{name}' for '{author}': {sentence}");
            if (!map.TryAdd(author, name))
                return Refusal.Invalid("authors", $"'{author}' is named twice.");
        }

        return map.ToImmutable();
    }
}
