using System.Globalization;
using System.Net;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.People.Providers;

/// <summary>The words to an address that somebody who came from a provider has given as theirs.</summary>
internal static class ProviderMail
{
    internal static MailText ToNew(EmailAddress to, string link)
    {
        var hours = AddressProofs.Lifetime.TotalHours.ToString(CultureInfo.InvariantCulture);
        return new MailText(
            to.Value,
            "Go on with your RepoPortal account",
            $"""
            Somebody, probably you, is making a RepoPortal account with this address.
            Go on here, in the browser in which you began; the link works for {hours} hours:

            {link}

            If it was not you, ignore this mail: no account is made.
            """,
            $"""
            <p>Somebody, probably you, is making a RepoPortal account with this address.</p>
            <p><a href="{WebUtility.HtmlEncode(link)}">Go on with your account</a></p>
            <p>Open it in the browser in which you began; it works for {hours} hours. If it was not you, ignore this mail: no account is made.</p>
            """);
    }

    internal static MailText ToTaken(EmailAddress to) => new(
        to.Value,
        "You have a RepoPortal account already",
        """
        Somebody, probably you, is making a RepoPortal account with this address, but it belongs to your account already.
        Sign in as you always did; under "Your account, Security" you can join the other way of signing in to it.

        If it was not you, ignore this mail: nothing happens.
        """,
        """
        <p>Somebody, probably you, is making a RepoPortal account with this address, but it belongs to your account already.</p>
        <p>Sign in as you always did; under <strong>Your account, Security</strong> you can join the other way of signing in to it.</p>
        <p>If it was not you, ignore this mail: nothing happens.</p>
        """);
}
