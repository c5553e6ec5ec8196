using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Writes a membership, with everything in the repository's row that depends on it.</summary>
internal static class Grants
{
    /// <summary>Makes or changes <paramref name="person"/>'s membership. The repository must have been read whole.</summary>
    internal static Membership Give(Repository repository, User person, AccessLevel access, Actor by, DateTimeOffset now)
    {
        var member = repository.Members.SingleOrDefault(candidate => candidate.UserId == person.Id);
        if (member is null)
        {
            member = new Membership
            {
                RepositoryId = repository.Id,
                Repository = repository,
                UserId = person.Id,
                User = person,
                Access = access,
                GrantedAt = now,
                GrantedBy = by.Label,
            };
            repository.Members.Add(member);
        }

        (member.Access, member.GrantedAt, member.GrantedBy) = (access, now, by.Label);
        repository.AccessVersion++;
        repository.RefreshInventoryColumns();
        return member;
    }

    /// <summary>Ends a membership. The repository must have been read whole.</summary>
    internal static void Take(Repository repository, Membership member)
    {
        repository.Members.Remove(member);
        repository.AccessVersion++;
        repository.RefreshInventoryColumns();
    }
}
