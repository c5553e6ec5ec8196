using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>The words of the yearly question. Each person gets one mail about all that is theirs, which says what happens without an answer: nothing but another mail.</summary>
/// <param name="root">The address of this site.</param>
internal sealed class ConfirmationMail(string root)
{
    private const int Most = 20;

    private string Site => new Uri(root).Authority;

    /// <summary>To an owner.</summary>
    /// <param name="times">How often owners were written to, this mail included.</param>
    /// <param name="repositories">What they are asked about.</param>
    internal MailText ToOwner(User to, int times, IReadOnlyList<RepositoryName> repositories) => PlainMail.Write(
        to.Email!,
        Subject(times, repositories),
        [
            $"Once a year the owners of each Subversion repository at {Site} are asked: is it still needed, is its tier the right one, and do the right people have access? {(repositories.Count == 1 ? $"This is about \"{repositories[0]}\"." : $"This is about {Format.Count(repositories.Count)} repositories of yours.")}",
            "A page shows what there is to know, and takes one click if all is right. The answer of one owner is enough.",
            .. repositories.Take(Most).Select(repository => $"{root}/r/{repository}/confirm"),
            repositories.Count > Most ? $"The other {Format.Count(repositories.Count - Most)} are marked in your list:" : null,
            repositories.Count > Most ? root : null,
            times >= ConfirmationSteps.Escalated
                ? "This is the last mail about it. Administrators are told that nobody answered, and will ask you what should become of it. Nothing is archived or deleted by itself."
                : "Nothing is archived or deleted by itself if you do not answer: you are reminded in two weeks, and administrators are told in the end.",
        ]);

    /// <summary>To an administrator.</summary>
    /// <param name="repositories">Those about which no owner has answered.</param>
    internal MailText ToAdministrator(User to, IReadOnlyList<RepositoryName> repositories) => PlainMail.Write(
        to.Email!,
        repositories.Count == 1 ? $"Nobody has confirmed the repository {repositories[0]}" : $"Nobody has confirmed {Format.Count(repositories.Count)} repositories",
        $"The owners of these repositories at {Site} were asked three times in six weeks whether they are still needed, and a last time just now: {List(repositories)}.",
        "They are served as before. Please find out what should become of them; the inventory shows them all:",
        $"{root}/admin?condition=not-confirmed");

    private static string Subject(int times, IReadOnlyList<RepositoryName> repositories)
    {
        var about = repositories.Count == 1 ? $"Is the repository {repositories[0]} still needed?" : $"Are your {Format.Count(repositories.Count)} repositories still needed?";
        return times switch
        {
            ConfirmationSteps.Asked => about,
            < ConfirmationSteps.Escalated => $"Reminder: {about}",
            _ => $"For the last time: {about}",
        };
    }

    private static string List(IReadOnlyList<RepositoryName> repositories)
    {
        var named = string.Join(", ", repositories.Take(Most));
        return repositories.Count > Most ? $"{named} and {Format.Count(repositories.Count - Most)} more" : named;
    }
}
