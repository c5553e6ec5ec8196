using System.Net;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Backups;

/// <summary>What administrators are written when copies off site fail, and when they go on.</summary>
internal static class OffSiteMail
{
    internal static MailText Of(string recipient, Node node, string page)
    {
        var (subject, sentence) = node.OffSiteFailure is { } failure
            ? ($"The backups of {node.Name} are not copied off site", $"The backups of the node '{node.Name}' could not be copied to the second place: {failure}. It is tried again by itself.")
            : ($"The backups of {node.Name} are copied off site again", $"The backups of the node '{node.Name}' are at the second place again.");
        return new MailText(
            recipient,
            subject,
            $"{sentence}\n\n{page}\n",
            $"<p>{WebUtility.HtmlEncode(sentence)}</p><p><a href=\"{WebUtility.HtmlEncode(page)}\">Promises</a></p>");
    }
}
