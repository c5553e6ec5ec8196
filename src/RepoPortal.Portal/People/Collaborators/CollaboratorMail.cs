using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>
/// The words of what is sent about a collaborator's time. Whoever reads it may come twice a year: each says which site, which account, which repositories,
/// what happens without doing anything, and the one thing to do.
/// </summary>
/// <param name="root">The address of this site.</param>
internal sealed class CollaboratorMail(string root)
{
    private string Site => new Uri(root).Authority;

    /// <summary>To the collaborator, before the end.</summary>
    /// <param name="repositories">What they were granted.</param>
    internal MailText RemindPerson(User person, User? sponsor, DateTimeOffset end, IReadOnlyCollection<RepositoryName> repositories)
    {
        var day = Format.Date(EndDate.LastDay(end));
        var whom = sponsor is null ? "an owner of the repositories you work in" : $"{sponsor.DisplayName} ({sponsor.Email})";
        return PlainMail.Write(
            person.Email!,
            $"Your access to {Site} ends on {day}",
            $"Your account \"{person.UserName}\" for the Subversion repositories at {root} is open until {day}.",
            $"After that day you cannot sign in, and svn refuses your access tokens. Nothing is deleted: your commits stay, and what you were granted comes back when the account is renewed.",
            repositories.Count > 0 ? $"You can reach: {List(repositories)}." : null,
            $"Do you still need it? Ask {whom} to renew it; that takes one click. If you do not, there is nothing to do.");
    }

    /// <summary>To whoever can renew, before the end.</summary>
    /// <param name="repositories">What the collaborator was granted.</param>
    internal MailText RemindSponsor(User to, User person, DateTimeOffset end, IReadOnlyCollection<RepositoryName> repositories, string link)
    {
        var day = Format.Date(EndDate.LastDay(end));
        var why = person.SponsorId == to.Id ? "You invited them" : "You own a repository they can reach";
        return PlainMail.Write(
            to.Email!,
            $"The access of {person.DisplayName} ends on {day}",
            $"{Describe(person)} is let in to {Site} until {day}. {why}, so it is yours to decide whether they stay.",
            "After that day they cannot sign in, and svn refuses their access tokens. Nothing is deleted: a renewal, also later, brings back what they were granted.",
            repositories.Count > 0 ? $"They can reach: {List(repositories)}." : null,
            "Renew it, or end it now, here. If they should not stay, there is nothing to do.",
            link);
    }

    /// <summary>To the owners, when nobody answers for the collaborator any more.</summary>
    /// <param name="repositories">What the collaborator was granted.</param>
    internal MailText AskOwner(User to, User person, User sponsor, IReadOnlyCollection<RepositoryName> repositories, string link) => PlainMail.Write(
        to.Email!,
        $"Who answers for {person.DisplayName}?",
        $"{Describe(person)} can reach a repository of yours at {Site}. {sponsor.DisplayName}, who invited them, is no longer here.",
        $"They can reach: {List(repositories)}.",
        "Please take over with \"Answer for them\", or end their access, here. Until somebody does, all owners are reminded when their time ends.",
        link);

    private static string List(IReadOnlyCollection<RepositoryName> repositories)
    {
        const int most = 10;
        var named = string.Join(", ", repositories.Take(most));
        return repositories.Count > most ? $"{named} and {repositories.Count - most} more" : named;
    }

    private static string Describe(User person) =>
        $"{person.DisplayName} (\"{person.UserName}\", {person.Email}{(person.Affiliation.Length > 0 ? $", {person.Affiliation}" : "")})";
}
