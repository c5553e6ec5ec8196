using System.Net;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>The words of what is sent about a collaborator's time.</summary>
internal static class CollaboratorMail
{
    /// <summary>To the collaborator, before the end.</summary>
    internal static MailText RemindPerson(User person, User? sponsor, DateTimeOffset end)
    {
        var day = Format.Date(EndDate.LastDay(end));
        var whom = sponsor is null ? "an owner of the repositories you work in" : $"{sponsor.DisplayName} ({sponsor.Email})";
        return Write(
            person.Email!,
            $"Your access ends on {day}",
            $"The account \"{person.UserName}\" is let in until {day}. Afterwards its sessions and access tokens stop working; what you were granted is kept.",
            $"If you need it for longer, ask {whom} to renew it.",
            link: null);
    }

    /// <summary>To whoever can renew, before the end.</summary>
    internal static MailText RemindSponsor(User to, User person, DateTimeOffset end, string link)
    {
        var day = Format.Date(EndDate.LastDay(end));
        return Write(
            to.Email!,
            $"The access of {person.DisplayName} ends on {day}",
            $"{Describe(person)} is let in until {day}. Afterwards their sessions and access tokens stop working; what they were granted is kept.",
            "Renew it, or end it now, here:",
            link);
    }

    /// <summary>To the owners, when nobody answers for the collaborator any more.</summary>
    internal static MailText AskOwner(User to, User person, string link) => Write(
        to.Email!,
        $"Who answers for {person.DisplayName}?",
        $"{Describe(person)} can reach a repository of yours. The person who invited them is no longer here.",
        "Please take over, or end their access, here:",
        link);

    private static string Describe(User person) =>
        $"{person.DisplayName} (\"{person.UserName}\", {person.Email}{(person.Affiliation.Length > 0 ? $", {person.Affiliation}" : "")})";

    private static MailText Write(string to, string subject, string first, string second, string? link) => new(
        to,
        subject,
        $"{first}\n\n{second}\n{(link is null ? "" : $"\n{link}\n")}",
        $"<p>{Encode(first)}</p><p>{Encode(second)}</p>{(link is null ? "" : $"<p><a href=\"{Encode(link)}\">{Encode(link)}</a></p>")}");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
