using Microsoft.Extensions.Logging;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Keeps somebody in the groups that a provider names for them, and in no other group of that provider. Makes a group with its first member.</summary>
internal sealed partial class ProvidedGroups(TimeProvider time, ILogger<ProvidedGroups> logger)
{
    /// <summary>Changes what <paramref name="record"/> saves next. Nobody can refuse it: who is in these groups is decided elsewhere.</summary>
    /// <param name="values">The values of the claim; null when the provider did not say.</param>
    /// <returns>What has to be published afterwards.</returns>
    internal async Task<TouchedRepositories> ApplyAsync(
        RecordContext record, SignInProvider provider, User user, IReadOnlyList<string>? values, CancellationToken cancellationToken)
    {
        if (values is null)
            return TouchedRepositories.None;
        var wanted = values.Select(value => (Key: value, Name: NameOf(provider, value))).Where(group => group.Name is not null).ToDictionary(group => group.Key, group => group.Name!.Value);
        var present = await record.GroupMembers.Include(member => member.Group)
            .Where(member => member.UserId == user.Id && member.Group.Provider == provider.Key).ToListAsync(cancellationToken);
        var gone = present.Where(member => !wanted.ContainsKey(member.Group.ProviderKey!)).ToList();
        var joined = await FindAsync(record, provider, wanted.Where(group => !present.Exists(member => member.Group.ProviderKey == group.Key)).ToDictionary(), cancellationToken);
        record.RemoveRange(gone);
        record.AddRange(joined.Select(group => new GroupMember { GroupId = group.Id, UserId = user.Id, AddedAt = time.GetUtcNow() }));

        var repositories = new List<Repository>();
        foreach (var (group, isGone) in gone.Select(member => (member.Group, true)).Concat(joined.Select(group => (group, false))))
            repositories.AddRange(await TouchAsync(record, group, user, isGone, cancellationToken));
        return new TouchedRepositories([.. repositories.DistinctBy(repository => repository.Id)], gone.Count > 0 ? [user.Name] : []);
    }

    /// <summary>What a value is called here; null when it has no name and cannot be one. Keycloak writes a group as a path, hence the slash.</summary>
    private static GroupName? NameOf(SignInProvider provider, string value)
    {
        var name = provider.Options.Groups.FirstOrDefault(group => group.Claim == value)?.Name ?? $"{provider.Key}-{value.TrimStart('/').ToLowerInvariant()}";
        return GroupName.TryParse(name, out var parsed, out _) ? parsed : null;
    }

    private async Task<List<Group>> FindAsync(
        RecordContext record, SignInProvider provider, Dictionary<string, GroupName> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
            return [];
        string[] keys = [.. wanted.Keys];
        GroupName[] names = [.. wanted.Values];
        var groups = await record.Groups.Where(group => group.Provider == provider.Key && keys.Contains(group.ProviderKey)).ToListAsync(cancellationToken);
        var taken = await record.Groups.Where(group => names.Contains(group.Name)).Select(group => group.Name).ToListAsync(cancellationToken);
        foreach (var (key, name) in wanted.Where(group => !groups.Exists(known => known.ProviderKey == group.Key)))
        {
            if (taken.Contains(name))
            {
                LogTaken(logger, provider.Key, key, name);
                continue;
            }

            taken.Add(name);
            var group = new Group
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                Name = name,
                Description = "",
                Provider = provider.Key,
                ProviderKey = key,
                CreatedAt = time.GetUtcNow(),
            };
            record.Add(group);
            record.Add(AuditEntry.Of(time.GetUtcNow(), Actor.System, AuditAction.GroupCreated, name.Value, detail: new { provider = provider.Key, claim = key }));
            groups.Add(group);
        }

        return groups;
    }

    /// <summary>One entry for each repository that names the group, because its owners see what concerns it; at least one.</summary>
    private async Task<List<Repository>> TouchAsync(RecordContext record, Group group, User user, bool isGone, CancellationToken cancellationToken)
    {
        group.Version++;
        var repositories = await record.Repositories.Using(group).ToListAsync(cancellationToken);
        string[] who = [user.UserName!];
        foreach (var repository in repositories)
            repository.AccessVersion++;
        foreach (var id in repositories.Select(repository => (RepositoryId?)repository.Id).DefaultIfEmpty())
        {
            record.Add(AuditEntry.Of(
                time.GetUtcNow(), Actor.System, AuditAction.GroupChanged, group.Name.Value, id, new { added = isGone ? [] : who, removed = isGone ? who : [], provider = group.Provider }));
        }

        return repositories;
    }

    [LoggerMessage(LogLevel.Warning, "the group '{Key}' of the provider '{Provider}' would be called '{Name}', but another group is; give it a name of its own in the configuration")]
    private static partial void LogTaken(ILogger logger, string provider, string key, GroupName name);
}
