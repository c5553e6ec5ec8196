using System.Net;

namespace RepoPortal.Portal.Mail;

/// <summary>Mails that are paragraphs and nothing else: what people typed is encoded, and a paragraph that is an address is a link.</summary>
internal static class PlainMail
{
    /// <param name="to">The recipient's address.</param>
    /// <param name="subject">One line.</param>
    /// <param name="paragraphs">Each one line; null is left out.</param>
    internal static MailText Write(string to, string subject, params IEnumerable<string?> paragraphs)
    {
        var given = paragraphs.OfType<string>().ToArray();
        return new MailText(to, subject, $"{string.Join("\n\n", given)}\n", string.Concat(given.Select(text => $"<p>{Html(text)}</p>")));
    }

    private static string Html(string text) => text.StartsWith("http", StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal)
        ? $"<a href=\"{WebUtility.HtmlEncode(text)}\">{WebUtility.HtmlEncode(text)}</a>"
        : WebUtility.HtmlEncode(text);
}
