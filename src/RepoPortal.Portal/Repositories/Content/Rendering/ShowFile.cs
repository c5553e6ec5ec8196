using Microsoft.AspNetCore.Components;
using RepoPortal.Contracts.Content;
using RepoPortal.Portal.Repositories.Content.Download;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>How a file is shown.</summary>
internal enum FileForm
{
    /// <summary>As what it is not: there is nothing to see.</summary>
    Empty,

    /// <summary>No text, and no picture: only its size and a way to have it.</summary>
    Binary,

    /// <summary>Where it leads.</summary>
    SymbolicLink,

    /// <summary>A picture.</summary>
    Picture,

    /// <summary>Lines of text, coloured when the language is known.</summary>
    Code,

    /// <summary>Markdown as it is meant to be read.</summary>
    Markdown,

    /// <summary>Comma-separated values as a table.</summary>
    Table,

    /// <summary>A Jupyter notebook: words, code, and what came of it.</summary>
    Notebook,

    /// <summary>A PDF document, which is for the browser to show.</summary>
    Pdf,
}

/// <summary>A file, ready to be shown.</summary>
/// <param name="Form">How.</param>
/// <param name="HasSource">Whether its text can be shown as well as what it stands for.</param>
internal sealed record ShownFile(FileForm Form, bool HasSource)
{
    /// <summary>The text; null for what is none.</summary>
    public FileText? Text { get; init; }

    /// <summary>Its lines; null unless it is shown by lines.</summary>
    public TextLines? Lines { get; init; }

    /// <summary>What it was taken for; null for plain text.</summary>
    public string? Language { get; init; }

    /// <summary>Whether colours end somewhere, because they took too long.</summary>
    public bool IsColourPartial { get; init; }

    /// <summary>Code or Markdown.</summary>
    public MarkupString Html { get; init; }

    /// <summary>The table; null unless it is one.</summary>
    public CsvTable? Table { get; init; }

    /// <summary>The notebook; null unless it is one.</summary>
    public Notebook? Notebook { get; init; }

    /// <summary>The code of each cell of a notebook, coloured; empty for other cells.</summary>
    public IReadOnlyList<MarkupString> CellCode { get; init; } = [];

    /// <summary>Why it is not shown as what its name says; null when it is.</summary>
    public string? Remark { get; init; }

    /// <summary>Where a symbolic link leads.</summary>
    public string? Target { get; init; }
}

/// <summary>Decides how a file is shown, and prepares that.</summary>
internal sealed class ShowFile(Highlighter highlighter)
{
    /// <summary>The most that is read of a file to be shown: of a larger one the beginning is shown.</summary>
    internal const int MostBytes = 1024 * 1024;

    /// <summary>How much has to be read of a file at that path to show it.</summary>
    internal static int BytesFor(string path) => Notebook.IsOne(path) ? Notebook.MostBytes : MostBytes;

    private const int MostLines = 20_000;
    private const int MostLinesOfLarge = 2_000;

    /// <param name="file">The file, with as much of its content as was asked for.</param>
    /// <param name="links">Where the repository's pages are.</param>
    /// <param name="here">The address of the page.</param>
    /// <param name="asSource">Whether its text is wanted, and not what it stands for.</param>
    /// <param name="cancellationToken">The request.</param>
    internal async Task<ShownFile> ExecuteAsync(FileContent file, ContentLinks links, string here, bool asSource, CancellationToken cancellationToken)
    {
        var isWhole = file.Start.Length == file.SizeBytes;
        var name = FileFacts.NameOf(file.Path);
        var isPicture = ServedType.IsPicture(file);
        var text = FileText.Decode(file.Start, isWhole, file.MimeType());
        if (file.SizeBytes == 0)
            return new ShownFile(FileForm.Empty, false);
        if (file.IsSymbolicLink() && text is not null)
            return new ShownFile(FileForm.SymbolicLink, false) { Target = text.Text.StartsWith("link ", StringComparison.Ordinal) ? text.Text[5..] : text.Text };
        if (isPicture && !(asSource && text is not null))
            return new ShownFile(FileForm.Picture, text is not null);
        if (ServedType.IsPdf(file))
            return new ShownFile(FileForm.Pdf, false);
        if (text is null)
            return new ShownFile(FileForm.Binary, false);
        var notebook = Notebook.IsOne(name) && isWhole ? Notebook.Read(text.Text) : null;
        if (notebook is not null && !asSource)
            return await ShowNotebookAsync(notebook, text, cancellationToken);
        var isMarkdown = MarkdownHtml.IsOne(name) && isWhole;
        var table = CsvTable.IsOne(name) && !asSource ? CsvTable.Read(text.Text, isWhole) : null;
        if (table is not null)
            return new ShownFile(FileForm.Table, true) { Text = text, Table = table };
        if (isMarkdown && !asSource)
            return new ShownFile(FileForm.Markdown, true) { Text = text, Html = MarkdownHtml.Render(text.Text, links, Directory(file.Path), here) };
        var lines = TextLines.Of(text.Text, isWhole ? MostLines : MostLinesOfLarge);
        var code = await highlighter.RunAsync(name, lines.Lines, cancellationToken);
        return new ShownFile(FileForm.Code, isMarkdown || isPicture || CsvTable.IsOne(name) || notebook is not null)
        {
            Remark = !Notebook.IsOne(name) || notebook is not null ? null
                : isWhole ? "This is no notebook that can be shown: not JSON, or not in one of Jupyter's formats 3 and 4. Here is its source."
                : "This notebook is too large to be shown as one. Here is the beginning of its source.",
            Text = text,
            Lines = lines,
            Language = code.Language,
            IsColourPartial = code.IsPartial,
            Html = CodeHtml.Table(code.Lines, here),
        };
    }

    private async Task<ShownFile> ShowNotebookAsync(Notebook notebook, FileText text, CancellationToken cancellationToken)
    {
        var sources = notebook.Cells.Select(cell => (IReadOnlyList<string>)(cell.Kind == NotebookCellKind.Code ? TextLines.Of(cell.Source, MostLines).Lines : [])).ToList();
        var code = await highlighter.RunAsync($"cell{notebook.Extension}", sources, cancellationToken);
        return new ShownFile(FileForm.Notebook, true)
        {
            Text = text,
            Notebook = notebook,
            Language = code.Select(cell => cell.Language).FirstOrDefault(language => language is not null),
            IsColourPartial = code.Any(cell => cell.IsPartial),
            CellCode = [.. code.Select(cell => (MarkupString)string.Join('\n', cell.Lines))],
        };
    }

    private static string Directory(string path) => path[..Math.Max(path.LastIndexOf('/'), 1)];
}
