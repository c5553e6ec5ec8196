using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.Repositories.Life.Orphans;

/// <summary>That somebody who is let in owns a repository without an end: a row of a query.</summary>
internal sealed class ActiveOwner
{
    internal Guid UserId { get; init; }

    internal RepositoryId RepositoryId { get; init; }
}

/// <summary>Asks which repositories have somebody who can act as their owner; the same question as that of <see cref="OwnerRules"/>, in the database.</summary>
internal static class ActiveOwners
{
    /// <summary>Every owner, by themselves or through a group, who is let in, is a person, and whose grant has no end.</summary>
    internal static IQueryable<ActiveOwner> OwnersWithoutEnd(this RecordContext record, DateTimeOffset now) => record.Grants(now)
        .Where(grant => grant.Access == AccessLevel.Owner && grant.EndsAt == null)
        .Join(
            record.Users.Where(user => user.Status == UserStatus.Active && (user.EndsAt == null || user.EndsAt > now) && user.Kind != UserKind.Service),
            grant => grant.UserId,
            user => user.Id,
            (grant, user) => new ActiveOwner { UserId = user.Id, RepositoryId = grant.RepositoryId });

    /// <summary>Repositories that are not in the trash and have no such owner.</summary>
    internal static IQueryable<Repository> Orphans(this RecordContext record, DateTimeOffset now)
    {
        var owned = record.OwnersWithoutEnd(now).Select(owner => owner.RepositoryId);
        return record.Repositories.Where(row => row.GoneAt == null && !owned.Contains(row.Id));
    }
}
