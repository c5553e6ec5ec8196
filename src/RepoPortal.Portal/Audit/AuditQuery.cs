using System.Globalization;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Audit;

/// <summary>The query string of the audit; pages, downloads and the API read the same one.</summary>
/// <param name="Actor">Who did it: a user name, <c>operator</c> or <c>anonymous</c>.</param>
/// <param name="Action">What was done, such as <c>member.set</c>, or a whole kind of it, such as <c>member</c>.</param>
/// <param name="Subject">To whom or what: a user name, a repository, a group, an address.</param>
/// <param name="Repository">The name of the repository it concerns.</param>
/// <param name="Since">From when on: a date, or a date and time (ISO 8601; UTC unless it says otherwise).</param>
/// <param name="Until">Until when: the end of a date, or a date and time.</param>
/// <param name="Limit">The most entries of a page: 1 to 1,000.</param>
/// <param name="Cursor">Where the page begins, out of an earlier one.</param>
/// <param name="Format"><c>json</c>, <c>csv</c> or <c>jsonl</c>, before what the Accept header says; of the API only.</param>
public sealed record AuditQuery(
    string? Actor, string? Action, string? Subject, string? Repository, string? Since, string? Until, string? Limit, string? Cursor, string? Format)
{
    private const int DefaultLimit = 100;
    private const int MostRows = 1000;

    /// <summary>Parses every value; the refusal says what is allowed.</summary>
    internal Outcome<AuditRequest> ToRequest()
    {
        if (!QueryTime.TryRead(Since, endOfDay: false, out var since))
            return QueryTime.Refuse("since", Since);
        if (!QueryTime.TryRead(Until, endOfDay: true, out var until))
            return QueryTime.Refuse("until", Until);
        var limit = DefaultLimit;
        if (Limit is { Length: > 0 } && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostRows))
            return Refusal.Invalid("limit", $"A page has 1 to {MostRows} entries.");
        long? before = null;
        if (Cursor is { Length: > 0 })
        {
            if (!long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
                return Refusal.Invalid("cursor", "This cursor does not come from an earlier page.");
            before = parsed;
        }

        RepositoryName? repository = null;
        if (Repository is { Length: > 0 })
        {
            if (!RepositoryName.TryParse(Repository, out var name, out var wrong))
                return Refusal.Invalid("repository", wrong);
            repository = name;
        }

        return new AuditRequest(Text(Actor), Text(Action), Text(Subject), repository, since, until, limit, before);
    }

    private static string? Text(string? typed) => PlainText.Strip(typed ?? "").Trim() is { Length: > 0 } text ? text : null;
}

/// <summary>Which entries are wanted.</summary>
/// <param name="Actor">Who did it; null for anybody.</param>
/// <param name="Action">An action or the part of it before the dot; null for any.</param>
/// <param name="Subject">To whom or what; null for anything.</param>
/// <param name="Repository">The repository it concerns; null for any and none.</param>
/// <param name="Since">Not before.</param>
/// <param name="Until">Before.</param>
/// <param name="Limit">The most entries of a page.</param>
/// <param name="Before">Only entries with a smaller number; null to begin with the latest.</param>
internal sealed record AuditRequest(
    string? Actor = null,
    string? Action = null,
    string? Subject = null,
    RepositoryName? Repository = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null,
    int Limit = 100,
    long? Before = null);
