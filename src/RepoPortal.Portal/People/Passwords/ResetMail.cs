using System.Globalization;
using System.Net;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.People.Passwords;

/// <summary>The words that are sent to somebody who forgot their password.</summary>
internal static class ResetMail
{
    /// <param name="to">The account's address.</param>
    /// <param name="user">Whose account it is.</param>
    /// <param name="link">Where a password is chosen; null when accounts like this one have none.</param>
    internal static MailText Write(EmailAddress to, User user, string? link) => link is null ? WithoutPassword(to, user) : WithLink(to, user, link);

    private static MailText WithLink(EmailAddress to, User user, string link)
    {
        var hours = MailedLinkOptions.Hours.ToString(CultureInfo.InvariantCulture);
        return new MailText(
            to.Value,
            "Choose a new password for RepoPortal",
            $"""
            Somebody, probably you, asked for a new password for the account "{user.UserName}".
            Choose one here; the link works once, for {hours} hours:

            {link}

            You will be signed out everywhere. Access tokens stay as they are. If it was not you, ignore this mail: nothing happens.
            """,
            $"""
            <p>Somebody, probably you, asked for a new password for the account <strong>{user.UserName}</strong>.</p>
            <p><a href="{WebUtility.HtmlEncode(link)}">Choose a new password</a></p>
            <p>The link works once, for {hours} hours. You will be signed out everywhere. Access tokens stay as they are.
            If it was not you, ignore this mail: nothing happens.</p>
            """);
    }

    private static MailText WithoutPassword(EmailAddress to, User user) => new(
        to.Value,
        "Your RepoPortal account has no password",
        $"""Somebody, probably you, asked for a new password for the account "{user.UserName}". Accounts like yours have none here: sign in through your institution.""",
        $"<p>Somebody, probably you, asked for a new password for the account <strong>{user.UserName}</strong>. Accounts like yours have none here: sign in through your institution.</p>");
}
