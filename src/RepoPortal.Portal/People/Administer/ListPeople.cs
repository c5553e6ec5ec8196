namespace RepoPortal.Portal.People.Administer;

/// <summary>Finds people by name or address.</summary>
internal sealed class ListPeople(IDbContextFactory<RecordContext> contexts)
{
    private const int Most = 200;

    /// <summary>By user name, after <paramref name="after"/>; for administrators.</summary>
    /// <param name="search">Part of a user name, display name or address; null for everybody.</param>
    /// <param name="after">The last user name of the page before; null for the first page.</param>
    /// <param name="limit">The most people wanted; at most 200 are given.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<IReadOnlyCollection<PersonView>>> ExecuteAsync(
        string? search, string? after, int limit, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees everybody.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = record.Users.AsNoTracking();
        if (PlainText.Strip(search ?? "").Trim() is { Length: > 0 } term)
        {
            var normalized = UserQueries.Normalize(term);
            rows = rows.Where(user =>
                user.NormalizedUserName!.Contains(normalized) || user.NormalizedEmail!.Contains(normalized) || user.DisplayName.Contains(term));
        }

        if (UserName.TryParse(after, out var last, out _))
            rows = rows.AfterName(last);

        var users = await rows.OrderBy(user => user.NormalizedUserName).Take(Math.Clamp(limit, 1, Most)).ToArrayAsync(cancellationToken);
        return users.Select(PersonView.Of).ToArray();
    }
}
