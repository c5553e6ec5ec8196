namespace RepoPortal.Portal.Repositories.Life.Orphans;

/// <summary>Tells, before somebody is suspended or ended, which repositories would be left without an owner by it.</summary>
internal sealed class FindSoleOwners(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>The repositories that each of some people is the last owner of, by name; nothing for somebody who is that of none.</summary>
    internal async Task<ILookup<UserName, RepositoryName>> ExecuteAsync(IEnumerable<UserName> people, CancellationToken cancellationToken)
    {
        var names = people.Select(person => UserQueries.Normalize(person.Value)).ToList();
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await record.Users.Where(user => names.Contains(user.NormalizedUserName!)).Select(user => user.Id).ToListAsync(cancellationToken);
        var theirs = record.OwnersWithoutEnd(now).Where(owner => users.Contains(owner.UserId)).Select(owner => owner.RepositoryId);
        var owners = await record.OwnersWithoutEnd(now)
            .Where(owner => theirs.Contains(owner.RepositoryId))
            .Join(record.Repositories.Where(row => row.GoneAt == null), owner => owner.RepositoryId, row => row.Id, (owner, row) => new { owner.UserId, row.Name })
            .Join(record.Users, owner => owner.UserId, user => user.Id, (owner, user) => new { owner.Name, User = user.UserName! })
            .Distinct()
            .ToListAsync(cancellationToken);
        return owners.GroupBy(owner => owner.Name).Where(same => same.Count() == 1).Select(same => same.Single())
            .OrderBy(owner => owner.Name.Value, StringComparer.Ordinal)
            .ToLookup(owner => UserName.Parse(owner.User), owner => owner.Name);
    }
}
