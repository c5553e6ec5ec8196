using System.Globalization;
using System.Net;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>The words of an invitation. What people typed is one line without control characters, and encoded in the HTML part.</summary>
internal static class InvitationMail
{
    internal static MailText Write(
        EmailAddress to, Repository repository, string? inviter, AccessLevel access, string link, string code, string codePage, DateTimeOffset expiresAt)
    {
        var who = inviter ?? "The administrator";
        var may = access == AccessLevel.Write ? "read and change" : "read";
        var until = expiresAt.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var description = repository.Description.Length > 0 ? repository.Description : null;
        return new MailText(
            to.Value,
            $"{who} invites you to the repository {repository.Name}",
            $"""
            {who} invites you to {may} the Subversion repository "{repository.Name}".
            {(description is null ? "" : $"\n    {description}\n")}
            Accept here; the link works once, until {until}:

            {link}

            If you cannot follow the link, open {codePage} and type the code {code}

            You choose a user name and a password there, or sign in if you have an account. If you did not expect this mail, ignore it: nothing happens.
            """,
            $"""
            <p><strong>{Encode(who)}</strong> invites you to {may} the Subversion repository <strong>{Encode(repository.Name.Value)}</strong>.</p>
            {(description is null ? "" : $"<blockquote>{Encode(description)}</blockquote>")}
            <p><a href="{Encode(link)}">Accept the invitation</a></p>
            <p>If you cannot follow the link, open <a href="{Encode(codePage)}">{Encode(codePage)}</a> and type the code <strong>{code}</strong>.</p>
            <p>The link works once, until {until}. You choose a user name and a password there, or sign in if you have an account.
            If you did not expect this mail, ignore it: nothing happens.</p>
            """);
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
