using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Who answers for a collaborator: the sponsor, the owners of the repositories they were granted, and administrators.</summary>
internal static class CollaboratorReach
{
    /// <summary>The repositories somebody owns.</summary>
    internal static IQueryable<RepositoryId> OwnedBy(this RecordContext record, Guid? user, DateTimeOffset now) =>
        record.Grants(now).Where(grant => grant.UserId == user && grant.Access == AccessLevel.Owner).Select(grant => grant.RepositoryId);

    /// <summary>The collaborators the actor answers for.</summary>
    /// <param name="all">True for every one, which only administrators may ask for.</param>
    internal static IQueryable<User> Collaborators(this RecordContext record, Actor actor, bool all, DateTimeOffset now)
    {
        var collaborators = record.Users.Where(user => user.Kind == UserKind.External);
        if (all)
            return collaborators;
        var owned = record.OwnedBy(actor.UserId, now);
        var reached = record.Grants(now).Where(grant => owned.Contains(grant.RepositoryId)).Select(grant => grant.UserId);
        return collaborators.Where(user => user.Id != actor.UserId && (user.SponsorId == actor.UserId || reached.Contains(user.Id)));
    }

    /// <summary>The repositories the collaborator was granted, by name.</summary>
    internal static async Task<RepositoryName[]> GrantedAsync(RecordContext record, Guid collaborator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reached = record.Grants(now).Where(grant => grant.UserId == collaborator).Select(grant => grant.RepositoryId);
        return await record.Repositories.Where(repository => reached.Contains(repository.Id)).OrderBy(repository => repository.Name).Select(repository => repository.Name).ToArrayAsync(cancellationToken);
    }

    /// <summary>The people who own a repository that the collaborator was granted, and can act.</summary>
    internal static async Task<List<User>> OwnersAroundAsync(RecordContext record, Guid collaborator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reached = record.Grants(now).Where(grant => grant.UserId == collaborator).Select(grant => grant.RepositoryId);
        var owners = record.Grants(now).Where(grant => grant.Access == AccessLevel.Owner && reached.Contains(grant.RepositoryId)).Select(grant => grant.UserId);
        var people = await record.Users.AsNoTracking().Where(user => owners.Contains(user.Id) && user.Kind != UserKind.Service && user.Id != collaborator).ToListAsync(cancellationToken);
        return [.. people.Where(user => user.IsActive(now))];
    }

    /// <summary>The collaborator of that name, when the actor answers for them.</summary>
    internal static async Task<Outcome<User>> FindCollaboratorAsync(
        this RecordContext record, string? name, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (actor.UserId is not null || actor.IsAdministrator)
        {
            var normalized = UserQueries.Normalize(name ?? "");
            var found = await record.Collaborators(actor, actor.IsAdministrator, now).SingleOrDefaultAsync(user => user.NormalizedUserName == normalized, cancellationToken);
            if (found is not null && found.UserName == name)
                return found;
        }

        return Refusal.NotFound($"'{name}' is not a collaborator of yours.");
    }
}
