using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Policy;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Usage;

namespace RepoPortal.Portal.Repositories.Life.Confirmations;

/// <summary>What owners look at before they say that all is right.</summary>
/// <param name="AskedAt">Since when they are asked; null while they are not.</param>
/// <param name="IsEscalated">Whether administrators were told that nobody answers.</param>
/// <param name="ConfirmedAt">When somebody last said so; null before the first time.</param>
/// <param name="ConfirmedBy">Who did.</param>
/// <param name="AskedNext">When they are asked next; null while they are, and where nobody is asked.</param>
/// <param name="People">Who has access, by themselves or through a group: owners first, then those from elsewhere.</param>
public sealed record ConfirmationView(
    DateTimeOffset? AskedAt, bool IsEscalated, DateTimeOffset? ConfirmedAt, string? ConfirmedBy, DateTimeOffset? AskedNext, IReadOnlyList<PersonWithAccess> People);

/// <summary>Somebody with access, and when they last used it.</summary>
/// <param name="User">The user name.</param>
/// <param name="DisplayName">The name for people.</param>
/// <param name="Kind">Of the house, from elsewhere, or a program.</param>
/// <param name="Status">Whether they are let in at all.</param>
/// <param name="Access">The most they were granted.</param>
/// <param name="LastAt">When they last read or committed; null when that was never or longer ago than is kept.</param>
public sealed record PersonWithAccess(UserName User, string DisplayName, UserKind Kind, UserStatus Status, AccessLevel Access, DateTimeOffset? LastAt);

/// <summary>Shows owners and administrators what the yearly question is about.</summary>
internal sealed class ViewConfirmation(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal async Task<Outcome<ConfirmationView>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see what is asked about it", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var now = time.GetUtcNow();
        var confirmation = await record.Confirmations.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == repository.Id, cancellationToken) ?? new Confirmation { RepositoryId = repository.Id };
        var isAsked = confirmation.AskedAt is not null && ConfirmationQueries.RefuseAsking(repository) is null;
        var days = (await record.PolicyAsync(cancellationToken)).ConfirmDays;
        return new ConfirmationView(
            isAsked ? confirmation.AskedAt : null,
            isAsked && confirmation.IsEscalated,
            confirmation.ConfirmedAt,
            confirmation.ConfirmedBy,
            isAsked || days == 0 ? null : (confirmation.ConfirmedAt ?? repository.CreatedAt).AddDays(days),
            await FindPeopleAsync(record, repository.Id, now, cancellationToken));
    }

    /// <summary>Since when its owners are asked; null while they are not. The actor is known to be one of them.</summary>
    internal async Task<DateTimeOffset?> AskedAtAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.OpenConfirmations().Where(confirmation => confirmation.RepositoryId == repository).Select(confirmation => confirmation.AskedAt).SingleOrDefaultAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<PersonWithAccess>> FindPeopleAsync(RecordContext record, RepositoryId repository, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var grants = await record.Grants(now).Where(grant => grant.RepositoryId == repository)
            .Join(record.Users, grant => grant.UserId, user => user.Id, (grant, user) => new { grant.Access, User = user })
            .AsNoTracking().ToListAsync(cancellationToken);
        var uses = await FindUsers.LastUsesAsync(record, [repository], now.AddDays(-UsageRemoval.KeptDays), cancellationToken);
        // Whoever committed before uses were counted has used it, too.
        var commits = await record.Commits.Where(commit => commit.RepositoryId == repository && commit.Author != null)
            .GroupBy(commit => commit.Author!).Select(commits => new { Author = commits.Key, At = commits.Max(commit => commit.At) })
            .ToDictionaryAsync(commit => commit.Author, commit => commit.At, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. grants.GroupBy(grant => grant.User.Id)
                .Select(same => (same.First().User, Access: same.Max(grant => grant.Access)))
                .Select(one => new PersonWithAccess(one.User.Name, one.User.DisplayName, one.User.Kind, one.User.Status, one.Access, Last(one.User.UserName!)))
                .OrderByDescending(person => person.Access == AccessLevel.Owner)
                .ThenByDescending(person => person.Kind == UserKind.External)
                .ThenBy(person => person.DisplayName, StringComparer.OrdinalIgnoreCase),
        ];

        DateTimeOffset? Last(string user) => (uses.TryGetValue(user, out var used), commits.TryGetValue(user, out var committed)) switch
        {
            (true, true) => used > committed ? used : committed,
            (true, false) => used,
            (false, true) => committed,
            _ => null,
        };
    }
}
