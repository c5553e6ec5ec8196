using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>What came of one address among many.</summary>
/// <param name="Email">The address as typed.</param>
/// <param name="Sent">The invitation; null when none was sent.</param>
/// <param name="Sentence">Why not; null when it was sent.</param>
public sealed record InviteAnswer(string Email, SentInvitation? Sent, string? Sentence);

/// <summary>Invites many at once, each answered for itself: one that cannot be invited does not keep the others waiting.</summary>
internal sealed class InviteMany(InviteCollaborator invite)
{
    /// <summary>The most addresses taken at once.</summary>
    internal const int Most = 100;

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ',', ';'];

    /// <summary>The addresses in a text, each once: separated by white space, commas or semicolons.</summary>
    internal static IReadOnlyList<string> Split(string? text) =>
        [.. (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    internal async Task<Outcome<IReadOnlyList<InviteAnswer>>> ExecuteAsync(
        string name, IReadOnlyList<string> emails, NewGrant grant, Actor actor, CancellationToken cancellationToken)
    {
        if (emails.Count is 0 or > Most)
            return Refusal.Invalid("emails", $"Give 1 to {Most} addresses.");
        var answers = new List<InviteAnswer>();
        foreach (var email in emails)
        {
            var sent = await invite.ExecuteAsync(name, new NewInvitation(email, grant.Access, grant.EndsAt), actor, cancellationToken);
            // What is wrong with all of them, such as not being an owner, is said once.
            if (sent.Refusal is { Field: not "email" } refusal)
                return refusal;
            answers.Add(new InviteAnswer(email, sent.Refusal is null ? sent.Value : null, sent.Refusal?.Sentence));
        }

        return answers;
    }
}
