using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>Code as the table that pages show: written in one piece, because a file has thousands of lines.</summary>
internal static class CodeHtml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Text as HTML has it.</summary>
    internal static string Encode(string text) => Encoder.Encode(text);

    /// <summary>A row per line: its number, which is a link to it, and its HTML.</summary>
    /// <param name="lines">The lines' HTML.</param>
    /// <param name="address">The page's address; fragments need it, because the document has a base address.</param>
    internal static MarkupString Table(IReadOnlyList<string> lines, string address)
    {
        // End tags that a browser knows by itself are left out: there are many.
        var html = new StringBuilder(lines.Count * 128).Append("<table class=\"code\"><tbody>");
        var href = Encode(address.TrimStart('/'));
        for (var number = 1; number <= lines.Count; number++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr id=L{number}><td><a href=\"{href}#L{number}\">{number}</a><td>").Append(lines[number - 1]);
        }

        return (MarkupString)html.Append("</tbody></table>").ToString();
    }
}
