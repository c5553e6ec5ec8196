using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Which collaborators somebody wants to see.</summary>
/// <param name="All">True for every one there is; for administrators.</param>
/// <param name="User">One user name; null for all.</param>
/// <param name="Search">Part of a user name, a name, an address or an affiliation.</param>
/// <param name="After">The last user name of the page before; null for the first page.</param>
/// <param name="Limit">The most that are wanted; null for every one.</param>
public sealed record CollaboratorRequest(bool All, string? User = null, string? Search = null, string? After = null, int? Limit = null);

/// <summary>Lists the collaborators from elsewhere whom somebody answers for, by user name, with what they can reach.</summary>
internal sealed class ListCollaborators(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal async Task<Outcome<IReadOnlyList<CollaboratorView>>> ExecuteAsync(
        CollaboratorRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.All && !actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees every collaborator.");
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await Narrow(record.Collaborators(actor, request.All, now), request).OrderBy(user => user.NormalizedUserName).AsNoTracking().ToListAsync(cancellationToken);
        var sponsors = await SponsorsAsync(record, users, cancellationToken);
        var reaches = await ReachesAsync(record, users, request.All ? null : record.OwnedBy(actor.UserId, now), now, cancellationToken);
        return users.Select(user => Of(user, sponsors.GetValueOrDefault(user.SponsorId ?? default), reaches[user.Id], now)).ToArray();
    }

    private static IQueryable<User> Narrow(IQueryable<User> users, CollaboratorRequest request)
    {
        if (request.User is { Length: > 0 } name)
            users = users.Where(user => user.UserName == name);
        if (PlainText.Strip(request.Search ?? "").Trim() is { Length: > 0 } term)
        {
            var normalized = UserQueries.Normalize(term);
            users = users.Where(user => user.NormalizedUserName!.Contains(normalized) || user.NormalizedEmail!.Contains(normalized)
                || user.DisplayName.Contains(term) || user.Affiliation.Contains(term));
        }

        if (UserName.TryParse(request.After, out var last, out _))
            users = users.AfterName(last);
        return request.Limit is { } limit ? users.OrderBy(user => user.NormalizedUserName).Take(limit) : users;
    }

    private static async Task<Dictionary<Guid, User>> SponsorsAsync(RecordContext record, List<User> users, CancellationToken cancellationToken)
    {
        var ids = users.Select(user => user.SponsorId).OfType<Guid>().Distinct().ToArray();
        return await record.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, cancellationToken);
    }

    private static async Task<ILookup<Guid, CollaboratorAccess>> ReachesAsync(
        RecordContext record, List<User> users, IQueryable<RepositoryId>? within, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = users.Select(user => user.Id).ToArray();
        var grants = record.Grants(now).Where(grant => ids.Contains(grant.UserId));
        if (within is not null)
            grants = grants.Where(grant => within.Contains(grant.RepositoryId));
        var rows = await grants
            .Join(record.Repositories, grant => grant.RepositoryId, row => row.Id, (grant, row) => new { grant.UserId, row.Name, grant.Access, grant.EndsAt })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => (row.UserId, row.Name))
            .Select(same => same.OrderByDescending(row => row.Access).ThenByDescending(row => row.EndsAt ?? DateTimeOffset.MaxValue).First())
            .OrderBy(row => row.Name.Value, StringComparer.Ordinal)
            .ToLookup(row => row.UserId, row => new CollaboratorAccess(row.Name, row.Access, row.EndsAt));
    }

    private static CollaboratorView Of(User user, User? sponsor, IEnumerable<CollaboratorAccess> reaches, DateTimeOffset now) => new(
        PersonView.Of(user), user.Affiliation, user.EndsAt, user.IsActive(now), user.LastSeenAt, sponsor?.Name, sponsor?.DisplayName, [.. reaches]);
}
