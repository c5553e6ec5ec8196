using System.Net;
using RepoPortal.Portal.Mail;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>The words of what is sent about a repository's life: which site, which repository, what happened, and the one thing to do, if there is one.</summary>
/// <param name="root">The address of this site.</param>
internal sealed class LifeMail(string root)
{
    private string Site => new Uri(root).Authority;

    /// <summary>To the new owner.</summary>
    internal MailText NowYours(User to, RepositoryName repository, string by) => Write(
        to.Email!,
        $"You own the repository {repository} now",
        $"{by} handed the Subversion repository \"{repository}\" at {Site} over to you. You decide from now on who has access, and about everything else in its settings.",
        "Is there somebody who could stand in for you? Two owners are better than one.",
        Page(repository, "people"));

    /// <summary>To the one who owned it.</summary>
    internal MailText NoLongerYours(User to, RepositoryName repository, User heir, bool leaves, string by) => Write(
        to.Email!,
        $"The repository {repository} is owned by {heir.DisplayName} now",
        $"{by} handed the Subversion repository \"{repository}\" at {Site} over from you to {heir.DisplayName} ({heir.Email}).",
        leaves ? "You have no access to it any more by yourself." : "You can still read it and commit to it.",
        Page(repository, ""));

    /// <summary>To administrators, when nobody owns a repository any more.</summary>
    internal MailText Orphaned(User to, RepositoryName repository) => Write(
        to.Email!,
        $"Nobody owns the repository {repository} any more",
        $"Everybody who owned the Subversion repository \"{repository}\" at {Site} was suspended or has ended. It is served as before, but nobody decides about it.",
        "Please make somebody its owner, here. Those who committed most in the last year are named there.",
        $"{root}/admin/orphans");

    private string Page(RepositoryName repository, string page) => $"{root}/r/{repository}/{page}".TrimEnd('/');

    private static MailText Write(string to, string subject, params string[] paragraphs) =>
        new(to, subject, $"{string.Join("\n\n", paragraphs)}\n", string.Concat(paragraphs.Select(text => $"<p>{Html(text)}</p>")));

    // A paragraph that is an address and nothing else is a link.
    private static string Html(string text) => text.StartsWith("http", StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal)
        ? $"<a href=\"{WebUtility.HtmlEncode(text)}\">{WebUtility.HtmlEncode(text)}</a>"
        : WebUtility.HtmlEncode(text);
}
