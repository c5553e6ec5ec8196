using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Microsoft.AspNetCore.Components;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>Markdown that somebody committed, as HTML that can do nothing but be read.</summary>
/// <remarks>
/// The HTML is parsed as a browser would, and only what is listed here is left of it: no scripts, styles, forms or frames, and only links that lead somewhere. Then links and
/// pictures within the repository are led to its pages.
/// </remarks>
internal static class MarkdownHtml
{
    // Before identifiers of what somebody wrote, so that none is taken for one of the page's own.
    private const string IdPrefix = "readme-";

    // The page's own headings are above these.
    private const int HeadingsBelow = 2;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().UseFootnotes().UseDefinitionLists().UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .Build();

    private static readonly HtmlSanitizerOptions Allowed = new()
    {
        AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "a", "abbr", "b", "blockquote", "br", "center", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
            "input", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
            "thead", "tr", "tt", "u", "ul", "var",
        },
        AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "alt", "align", "checked", "colspan", "height", "href", "id", "open", "rowspan", "src", "start", "title", "type", "width",
        },
        AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
        UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src" },
    };

    /// <summary>Whether a file is Markdown, by its name.</summary>
    internal static bool IsOne(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() is ".md" or ".markdown";

    /// <summary>The text as HTML.</summary>
    /// <param name="text">Markdown.</param>
    /// <param name="links">Where the repository's pages are.</param>
    /// <param name="directory">The directory that the text lies in; relative links begin there.</param>
    /// <param name="here">The address of the page that it is shown on.</param>
    internal static MarkupString Render(string text, ContentLinks links, string directory, string here)
    {
        return Sanitise(Markdown.ToHtml(text, Pipeline), links, directory, here);
    }

    /// <summary>HTML that somebody committed, without what is not listed above.</summary>
    internal static MarkupString Sanitise(string html, ContentLinks links, string directory, string here)
    {
        // A sanitizer is one thread's.
        var document = new HtmlSanitizer(Allowed).SanitizeDom(html);
        foreach (var link in document.QuerySelectorAll("a[href]"))
            Lead(link, "href", target => target.StartsWith('#') ? $"{here}#{IdPrefix}{target[1..]}" : Within(target, directory) is { } path ? links.Tree(path) + Fragment(target, path) : null);
        foreach (var picture in document.QuerySelectorAll("img"))
            ShowPicture(picture, links, directory);
        foreach (var element in document.QuerySelectorAll("[id]"))
            element.Id = IdPrefix + element.Id;
        foreach (var box in document.QuerySelectorAll("input"))
            box.Replace(document.CreateTextNode(box.HasAttribute("checked") ? "☑" : "☐"));
        foreach (var heading in document.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
            Rename(heading, $"h{Math.Min(heading.LocalName[1] - '0' + HeadingsBelow, 6)}");
        // In the corner of a table with names for its rows: the heading of nothing.
        foreach (var heading in document.QuerySelectorAll("th").Where(cell => string.IsNullOrWhiteSpace(cell.TextContent)))
            Rename(heading, "td");
        return (MarkupString)document.Body!.InnerHtml;
    }

    private static void Lead(IElement element, string attribute, Func<string, string?> within)
    {
        var target = element.GetAttribute(attribute)!;
        if (within(target) is { } address)
            element.SetAttribute(attribute, address);
        else
            element.SetAttribute("rel", "nofollow noopener noreferrer");
    }

    // A picture from elsewhere would tell others who reads; the content security policy shows none, so it becomes a link.
    private static void ShowPicture(IElement picture, ContentLinks links, string directory)
    {
        var source = picture.GetAttribute("src") ?? "";
        if (Within(source, directory) is { } path)
        {
            picture.SetAttribute("src", links.Raw(path));
            picture.SetAttribute("loading", "lazy");
            return;
        }

        var words = picture.GetAttribute("alt") is { Length: > 0 } alt ? alt : "picture";
        if (source.Length == 0 || picture.Closest("a") is not null)
        {
            picture.Replace(picture.Owner!.CreateTextNode(words));
            return;
        }

        var link = picture.Owner!.CreateElement("a");
        link.SetAttribute("href", source);
        link.SetAttribute("rel", "nofollow noopener noreferrer");
        link.TextContent = words;
        picture.Replace(link);
    }

    private static void Rename(IElement element, string name)
    {
        var renamed = element.Owner!.CreateElement(name);
        foreach (var attribute in element.Attributes)
            renamed.SetAttribute(attribute.Name, attribute.Value);
        renamed.Append([.. element.ChildNodes]);
        element.Replace(renamed);
    }

    /// <summary>The path within the repository that a link means; null for one that leads elsewhere.</summary>
    private static string? Within(string target, string directory)
    {
        var path = target.Split('#', '?')[0];
        if (path.Length == 0 || target.StartsWith("//", StringComparison.Ordinal) || (path.Split('/')[0] is var first && first.Contains(':', StringComparison.Ordinal)))
            return null;
        var segments = new List<string>(path.StartsWith('/') ? [] : directory.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString))
        {
            if (segment == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("." or ".."))
                segments.Add(segment);
        }

        return "/" + string.Join('/', segments);
    }

    // Headings of Markdown that it leads to have our prefix, too; lines of code have none.
    private static string Fragment(string target, string path) =>
        target.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? $"#{(IsOne(path) ? IdPrefix : "")}{target[(at + 1)..]}" : "";
}
