using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Groups;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Writes grants, with everything in the repository's row that depends on them. The repository must have been read whole, for groups with its access.</summary>
internal static class Grants
{
    /// <summary>Makes or changes <paramref name="person"/>'s membership.</summary>
    internal static Membership Give(Repository repository, User person, NewGrant grant, Actor by, DateTimeOffset now)
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
                Access = grant.Access,
                GrantedAt = now,
                GrantedBy = by.Label,
            };
            repository.Members.Add(member);
        }

        (member.Access, member.EndsAt, member.GrantedAt, member.GrantedBy) = (grant.Access, grant.EndsAt, now, by.Label);
        Touch(repository);
        return member;
    }

    /// <summary>Makes or changes a group's grant.</summary>
    internal static GroupGrant Give(Repository repository, Group group, NewGrant grant, Actor by, DateTimeOffset now)
    {
        var given = repository.GroupGrants.SingleOrDefault(candidate => candidate.GroupId == group.Id);
        if (given is null)
        {
            given = new GroupGrant
            {
                RepositoryId = repository.Id,
                GroupId = group.Id,
                Group = group,
                Access = grant.Access,
                GrantedAt = now,
                GrantedBy = by.Label,
            };
            repository.GroupGrants.Add(given);
            group.Version++; // a change of its members at the same time must see this repository
        }

        (given.Access, given.EndsAt, given.GrantedAt, given.GrantedBy) = (grant.Access, grant.EndsAt, now, by.Label);
        Touch(repository);
        return given;
    }

    /// <summary>Ends a membership.</summary>
    internal static void Take(Repository repository, Membership member)
    {
        repository.Members.Remove(member);
        Touch(repository);
    }

    /// <summary>Ends a group's grant.</summary>
    internal static void Take(Repository repository, GroupGrant grant)
    {
        repository.GroupGrants.Remove(grant);
        Touch(repository);
    }

    private static void Touch(Repository repository)
    {
        repository.AccessVersion++;
        repository.RefreshInventoryColumns();
    }
}
