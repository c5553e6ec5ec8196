using System.Globalization;
using System.Net;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.People.Email;

/// <summary>The words of the mails about a changed address. Addresses and user names hold nothing that HTML or a header could misread, links are encoded.</summary>
internal static class EmailChangeMail
{
    /// <summary>To the present address: may it be replaced?</summary>
    internal static MailText ToPresent(User user, EmailAddress wanted, string link) => Write(
        user.Email!,
        "Is your e-mail address to change?",
        $"""The address of the account "{user.UserName}" is to become {wanted}. If you want that, confirm it here as well as from the new address""",
        link,
        "If you did not ask for this, somebody is signed in as you: change your password, and nothing else happens.");

    /// <summary>To the new address: is it theirs?</summary>
    internal static MailText ToNew(User user, EmailAddress wanted, string link) => Write(
        wanted.Value,
        "Confirm your e-mail address",
        $"""This is to become the address of the account "{user.UserName}". Confirm it here as well as from the present address""",
        link,
        "If you know nothing of this, ignore this mail: nothing happens.");

    /// <summary>To the new address when somebody else's account has it already, which whoever asks is not told.</summary>
    internal static MailText ToTaken(EmailAddress wanted) => Write(
        wanted.Value, "You have an account already", "Somebody, perhaps you, wants to use this address for another account. It belongs to yours and stays there.", link: null, "Nothing else happens.");

    /// <summary>To the old address, when it was replaced.</summary>
    internal static MailText ToOld(string old, User user) => Write(
        old, "Your e-mail address was changed", $"""The account "{user.UserName}" now has the address {user.Email}.""", link: null, "If that was not you, ask an administrator at once.");

    private static MailText Write(string to, string subject, string text, string? link, string last)
    {
        var days = EmailChange.Lifetime.TotalDays.ToString(CultureInfo.InvariantCulture);
        return new MailText(
            to,
            subject,
            link is null ? $"{text}\n\n{last}\n" : $"{text}; the link works for {days} days:\n\n{link}\n\n{last}\n",
            link is null
                ? $"<p>{WebUtility.HtmlEncode(text)}</p><p>{WebUtility.HtmlEncode(last)}</p>"
                : $"""<p>{WebUtility.HtmlEncode(text)}; the link works for {days} days.</p><p><a href="{WebUtility.HtmlEncode(link)}">Look and confirm</a></p><p>{WebUtility.HtmlEncode(last)}</p>""");
    }
}
