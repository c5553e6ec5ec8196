namespace RepoPortal.Portal.Usage;

/// <summary>Somebody who used one of the repositories asked about.</summary>
/// <param name="User">The user name; <see cref="UserName.AnonymousValue"/> for visitors, all together.</param>
/// <param name="DisplayName">The name for people; null for visitors.</param>
/// <param name="Email">The address to write to; null for visitors and service accounts.</param>
/// <param name="LastAt">When they last did.</param>
public sealed record RepositoryUser(string User, string? DisplayName, string? Email, DateTimeOffset LastAt);

/// <summary>Answers administrators "who used any of these repositories since that moment", such as when those have to be told of a loss.</summary>
internal sealed class FindUsers(IDbContextFactory<RecordContext> contexts)
{
    /// <param name="names">The repositories' names.</param>
    /// <param name="since">From when on.</param>
    /// <param name="actor">Who asks; only an administrator gets an answer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<RepositoryUser[]>> ExecuteAsync(
        IReadOnlyCollection<string> names, DateTimeOffset since, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator may ask who used several repositories.");
        if (names.Count == 0)
            return Refusal.Invalid("repositories", "Name at least one repository.");
        var parsed = new List<RepositoryName>();
        foreach (var text in names)
        {
            if (!RepositoryName.TryParse(text, out var name, out var sentence))
                return Refusal.Invalid("repositories", $"'{text}' is not a repository's name: {sentence}");
            parsed.Add(name);
        }

        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var repositories = await record.Repositories.Where(row => parsed.Contains(row.Name)).Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken);
        if (parsed.Find(name => repositories.TrueForAll(row => row.Name != name)) is { Value: not null } unknown)
            return Refusal.Invalid("repositories", $"There is no repository '{unknown}'.");
        var lastAt = await LastUsesAsync(record, [.. repositories.Select(row => row.Id)], since.ToUniversalTime(), cancellationToken);

        var users = lastAt.Keys.Select(UserQueries.Normalize).ToList();
        var people = await record.Users.Where(user => users.Contains(user.NormalizedUserName!))
            .Select(user => new { user.UserName, user.DisplayName, user.Email }).ToDictionaryAsync(user => user.UserName!, StringComparer.Ordinal, cancellationToken);
        return lastAt.OrderByDescending(use => use.Value)
            .Select(use => new RepositoryUser(use.Key, people.GetValueOrDefault(use.Key)?.DisplayName, people.GetValueOrDefault(use.Key)?.Email, use.Value))
            .ToArray();
    }

    /// <summary>Reads nothing but the index that has repository, moment and person in this order.</summary>
    internal static async Task<Dictionary<string, DateTimeOffset>> LastUsesAsync(
        RecordContext record, IReadOnlyCollection<RepositoryId> repositories, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var uses = await record.Usage
            .Where(row => repositories.Contains(row.RepositoryId) && row.LastAt >= since)
            .GroupBy(row => row.User)
            .Select(group => new { User = group.Key, LastAt = group.Max(row => row.LastAt) })
            .ToListAsync(cancellationToken);
        return uses.ToDictionary(use => use.User, use => use.LastAt, StringComparer.Ordinal);
    }
}
