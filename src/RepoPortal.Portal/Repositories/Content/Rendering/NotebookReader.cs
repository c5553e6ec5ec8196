using System.Buffers.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>Reads the cells of one notebook, and ends texts and leaves pictures out where a page would get too large.</summary>
internal sealed partial class NotebookReader
{
    private const int MostTextOfOne = 20_000;
    private const int MostOutputs = 50;

    // For all cells, in characters.
    private int _textLeft = 500_000;
    private int _pictureLeft = 3_000_000;

    /// <summary>Whether something was left out.</summary>
    public bool HasLeftOut { get; private set; }

    public NotebookCell Cell(JsonObject cell)
    {
        var type = (string?)cell["cell_type"];
        if (type == "code")
        {
            var outputs = (cell["outputs"] as JsonArray ?? []).OfType<JsonObject>().ToList();
            HasLeftOut |= outputs.Count > MostOutputs;
            return new NotebookCell(
                NotebookCellKind.Code, Cut(Text(cell["source"] ?? cell["input"])), (int?)(cell["execution_count"] ?? cell["prompt_number"]),
                [.. outputs.Take(MostOutputs).Select(Output).OfType<NotebookOutput>()]);
        }

        var source = Cut(Text(cell["source"]));
        return type switch
        {
            "markdown" or "html" => new NotebookCell(NotebookCellKind.Markdown, source, null, []),
            // A kind of the third format.
            "heading" => new NotebookCell(NotebookCellKind.Markdown, $"{new string('#', Math.Clamp((int?)cell["level"] ?? 1, 1, 6))} {source}", null, []),
            _ => new NotebookCell(NotebookCellKind.Raw, source, null, []),
        };
    }

    private NotebookOutput? Output(JsonObject output) => (string?)output["output_type"] switch
    {
        "stream" => new NotebookOutput(
            (string?)(output["name"] ?? output["stream"]) == "stderr" ? NotebookOutputKind.Error : NotebookOutputKind.Text, Cut(Plain(Text(output["text"])))),
        "error" or "pyerr" => new NotebookOutput(
            NotebookOutputKind.Error,
            Cut(Plain(output["traceback"] is JsonArray { Count: > 0 } trace ? string.Join('\n', trace.Select(Text)) : $"{Text(output["ename"])}: {Text(output["evalue"])}"))),
        "display_data" or "execute_result" or "pyout" => Display(output["data"] as JsonObject ?? output),
        _ => null,
    };

    // The same thing in several forms: the one that says most and can be shown. The third format has short names.
    private NotebookOutput? Display(JsonObject forms)
    {
        if (Find("image/png", "png") is { } png)
            return Picture("image/png", png);
        if (Find("image/jpeg", "jpeg") is { } jpeg)
            return Picture("image/jpeg", jpeg);
        if (Find("image/svg+xml", "svg") is { } drawing)
            return Picture("image/svg+xml", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Text(drawing))));
        var html = Find("text/html", "html") is { } node ? Text(node) : null;
        if (html is not null && !html.Contains("<script", StringComparison.OrdinalIgnoreCase))
            return new NotebookOutput(NotebookOutputKind.Html, Cut(html));
        if (Find("text/markdown") is { } words)
            return new NotebookOutput(NotebookOutputKind.Markdown, Cut(Text(words)));
        if (Find("text/latex", "latex") is { } latex)
            return new NotebookOutput(NotebookOutputKind.Text, Cut(Text(latex)));
        var isInteractive = html is not null || forms.Any(form => form.Key.StartsWith("application/vnd.", StringComparison.Ordinal) || form.Key is "application/javascript" or "javascript");
        if (isInteractive)
            return new NotebookOutput(NotebookOutputKind.Omission, "Not shown: this output runs scripts. It can be seen in Jupyter.");
        return Find("text/plain", "text") is { } text ? new NotebookOutput(NotebookOutputKind.Text, Cut(Plain(Text(text)))) : null;

        JsonNode? Find(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (forms[name] is { } found)
                    return found;
            }

            return null;
        }
    }

    // A picture in a data: address can load nothing and run nothing, a drawing with scripts in it neither.
    private NotebookOutput Picture(string type, JsonNode content) => Picture(type, string.Concat(Text(content).Where(letter => !char.IsWhiteSpace(letter))));

    private NotebookOutput Picture(string type, string base64)
    {
        if (base64.Length == 0 || !Base64.IsValid(base64))
            return new NotebookOutput(NotebookOutputKind.Omission, "Not shown: this picture is broken.");
        if (base64.Length > _pictureLeft)
        {
            HasLeftOut = true;
            return new NotebookOutput(NotebookOutputKind.Omission, "Not shown: with this picture the page would get too large.");
        }

        _pictureLeft -= base64.Length;
        return new NotebookOutput(NotebookOutputKind.Picture, $"data:{type};base64,{base64}");
    }

    private string Cut(string text)
    {
        var most = Math.Max(0, Math.Min(_textLeft, MostTextOfOne));
        HasLeftOut |= text.Length > most;
        _textLeft -= Math.Min(text.Length, most);
        return text.Length <= most ? text : text[..most] + " …";
    }

    // A text is one string, or one per line.
    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(Text)),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };

    // What a terminal makes of it: no colours, and of what was written over, as progress bars are, the last.
    private static string Plain(string text)
    {
        var lines = Escapes().Replace(text, "").Split('\n').Select(line => line.TrimEnd('\r')).Select(line => line[(line.LastIndexOf('\r') + 1)..]);
        return string.Join('\n', lines).TrimEnd('\n');
    }

    [GeneratedRegex(@"\x1b(?:\[[0-9;:?<=>!]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Escapes();
}
