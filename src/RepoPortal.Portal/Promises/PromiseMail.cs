using System.Net;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.Promises;

/// <summary>What is written when a promise breaks, and when it is mended.</summary>
internal static class PromiseMail
{
    internal static MailText Broken(string recipient, RepositoryName name, string tier, string reason, string page) => Compose(
        recipient,
        $"The promise for {name} is broken",
        $"'{name}' is promised as {tier}, and that is not kept at the moment: {reason}",
        page);

    internal static MailText Mended(string recipient, RepositoryName name, string tier, string page) => Compose(
        recipient,
        $"The promise for {name} is no longer broken",
        $"'{name}' is promised as {tier}. What had broken the promise is mended.",
        page);

    private static MailText Compose(string recipient, string subject, string sentence, string page) => new(
        recipient,
        subject,
        $"{sentence}\n\nWhat is promised and what was measured: {page}\n",
        $"<p>{WebUtility.HtmlEncode(sentence)}</p><p><a href=\"{WebUtility.HtmlEncode(page)}\">What is promised and what was measured</a></p>");
}
