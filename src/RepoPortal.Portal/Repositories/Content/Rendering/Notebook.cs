using System.Text.Json;
using System.Text.Json.Nodes;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>What a cell of a notebook is.</summary>
public enum NotebookCellKind
{
    /// <summary>Words, as Markdown.</summary>
    Markdown,

    /// <summary>Code, with what came of it.</summary>
    Code,

    /// <summary>Text that is for another program.</summary>
    Raw,
}

/// <summary>A cell of a notebook.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Source">Its text, or the first part of it.</param>
/// <param name="Count">When it was run, as the notebook counts; null when it was not.</param>
/// <param name="Outputs">What came of it.</param>
public sealed record NotebookCell(NotebookCellKind Kind, string Source, int? Count, IReadOnlyList<NotebookOutput> Outputs);

/// <summary>A Jupyter notebook (nbformat 3 and 4), as much of it as a page shows.</summary>
/// <param name="Extension">What files in its language end with, such as <c>.py</c>; empty when it does not say.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="CellCount">How many it has.</param>
/// <param name="IsPartial">Whether anything but whole cells was left out: the end of a long text, or pictures.</param>
/// <remarks>The format: https://nbformat.readthedocs.io/en/latest/format_description.html</remarks>
public sealed record Notebook(string Extension, IReadOnlyList<NotebookCell> Cells, int CellCount, bool IsPartial)
{
    /// <summary>The most that is read of one to show it.</summary>
    internal const int MostBytes = 4 * 1024 * 1024;

    private const int MostCells = 300;
    private const int MostDepth = 32;

    internal static bool IsOne(string fileName) => Path.GetExtension(fileName).Equals(".ipynb", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads it; null when it is none, or is broken.</summary>
    internal static Notebook? Read(string text)
    {
        try
        {
            if (JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MostDepth }) is not JsonObject book || CellsOf(book) is not { } cells)
                return null;
            var reader = new NotebookReader();
            var shown = cells.Take(MostCells).OfType<JsonObject>().Select(reader.Cell).ToList();
            return new Notebook(ExtensionOf(book), shown, cells.Count, reader.HasLeftOut);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // Values of another kind than the format has, and names that occur twice.
            return null;
        }
    }

    private static JsonArray? CellsOf(JsonObject book) => (int?)book["nbformat"] switch
    {
        >= 4 => book["cells"] as JsonArray,
        3 => (book["worksheets"] as JsonArray)?.FirstOrDefault()?["cells"] as JsonArray,
        _ => null,
    };

    private static string ExtensionOf(JsonObject book)
    {
        var metadata = book["metadata"] as JsonObject;
        if ((string?)metadata?["language_info"]?["file_extension"] is { Length: > 0 and < 20 } extension)
            return extension;
        return ((string?)metadata?["language_info"]?["name"] ?? (string?)metadata?["kernelspec"]?["language"])?.ToLowerInvariant() switch
        {
            "python" or "ipython" => ".py",
            "r" => ".r",
            "julia" => ".jl",
            "bash" => ".sh",
            // Those of the third format have been Python's.
            null when (int?)book["nbformat"] == 3 => ".py",
            _ => "",
        };
    }
}
