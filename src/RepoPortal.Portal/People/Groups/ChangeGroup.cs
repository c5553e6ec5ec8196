using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.People.Groups;

/// <summary>What is to be different about a group; null leaves it as it is.</summary>
/// <param name="Members">The user names of all members.</param>
/// <param name="Owners">The user names of all owners.</param>
/// <param name="Description">What it is for, in one line.</param>
public sealed record GroupChange(IReadOnlyCollection<string>? Members = null, IReadOnlyCollection<string>? Owners = null, string? Description = null);

/// <summary>Changes who is in a group, who owns it, or what it is for: effective, before it is answered, in every repository that names the group.</summary>
internal sealed class ChangeGroup(IDbContextFactory<RecordContext> contexts, GroupPublication publication, TimeProvider time)
{
    internal Task<Outcome<Done>> ExecuteAsync(string name, GroupChange change, Actor actor, CancellationToken cancellationToken) =>
        ExecuteAsync(record => record.Groups.FindManagedAsync(name, actor, "change it", cancellationToken), _ => change, actor, cancellationToken);

    /// <summary>Adds people.</summary>
    internal Task<Outcome<Done>> AddMembersAsync(string name, IReadOnlyCollection<string> users, Actor actor, CancellationToken cancellationToken) => ExecuteAsync(
        record => record.Groups.FindManagedAsync(name, actor, "add somebody", cancellationToken),
        group => new GroupChange(Members: [.. Names(group), .. users]),
        actor,
        cancellationToken);

    /// <summary>Takes one person out; anybody may leave.</summary>
    internal Task<Outcome<Done>> RemoveMemberAsync(string name, string user, Actor actor, CancellationToken cancellationToken) => ExecuteAsync(
        async record =>
        {
            if (actor.Name?.Value != user)
                return await record.Groups.FindManagedAsync(name, actor, "take somebody out", cancellationToken);
            var found = await record.Groups.FindVisibleAsync(name, actor, cancellationToken);
            return found.Refusal is null && found.Value.RefuseProvided() is { } refusal ? refusal : found;
        },
        group => new GroupChange(Members: [.. Names(group).Where(member => member != user)]),
        actor,
        cancellationToken);

    private static IEnumerable<string> Names(Group group) => group.Members.Select(member => member.User.UserName!);

    private async Task<Outcome<Done>> ExecuteAsync(
        Func<RecordContext, Task<Outcome<Group>>> find, Func<Group, GroupChange> change, Actor actor, CancellationToken cancellationToken)
    {
        var changed = await contexts.UndisturbedAsync(
            async record => (await find(record)).Succeeded(out var group, out var refusal)
                ? await ChangeAsync(record, group, change(group), actor, cancellationToken)
                : refusal,
            cancellationToken);
        if (!changed.Succeeded(out var touched, out var refusal))
            return refusal;
        await publication.PublishAsync(touched);
        return Done.Instance;
    }

    private async Task<Outcome<TouchedRepositories>> ChangeAsync(
        RecordContext record, Group group, GroupChange change, Actor actor, CancellationToken cancellationToken)
    {
        if (change.Description is { } description)
        {
            if (PlainText.Refuse(description.Trim(), "A description", Group.MaxDescriptionLength) is { } sentence)
                return Refusal.Invalid("description", sentence);
            group.Description = description.Trim();
        }

        if (change.Owners is { } owners)
        {
            if (!(await GroupPeople.FindAsync(record, owners, "owners", cancellationToken)).Succeeded(out var keepers, out var unknown))
                return unknown;
            if (GroupPeople.SetOwners(group, keepers, time.GetUtcNow()) is { } none)
                return none;
        }

        var touched = TouchedRepositories.None;
        IReadOnlyList<UserName> added = [];
        if (change.Members is { } members)
        {
            if (!(await GroupPeople.FindAsync(record, members, "members", cancellationToken)).Succeeded(out var people, out var unknown))
                return unknown;
            var repositories = await ReadUsesAsync(record, group, cancellationToken);
            (added, var removed) = GroupPeople.SetMembers(group, people, time.GetUtcNow());
            if (added.Count + removed.Count > 0)
                touched = new TouchedRepositories(repositories, removed);
            if (removed.Count > 0 && repositories.Where(repository => OwnerRules.IsOrphaned(repository, group, time.GetUtcNow())).ToList() is { Count: > 0 } orphans)
                return RefuseOrphans(orphans, actor);
        }

        group.Version++;
        Note(record, group, touched, added, change, actor);
        await record.SaveChangesAsync(cancellationToken);
        return touched;
    }

    /// <summary>Those that the group owns are read with everything, to see whether somebody is left; the others only as rows.</summary>
    private static async Task<List<Repository>> ReadUsesAsync(RecordContext record, Group group, CancellationToken cancellationToken)
    {
        var uses = record.Repositories.Using(group);
        await uses.Where(repository => repository.GroupGrants.Any(grant => grant.GroupId == group.Id && grant.Access == AccessLevel.Owner))
            .WithAccess().LoadAsync(cancellationToken);
        return await uses.ToListAsync(cancellationToken);
    }

    private static Refusal RefuseOrphans(List<Repository> orphans, Actor actor)
    {
        var seen = orphans.Where(repository => Standing.Of(repository, actor).MaySee).Select(repository => $"'{repository.Name}'").Take(5).ToList();
        return Refusal.Conflict(seen.Count > 0
            ? $"Nobody would own {string.Join(", ", seen)} any more; make somebody else an owner there first."
            : "A repository would lose its last owner; its owners must name another one first.");
    }

    /// <summary>One entry for each repository that is touched, because its owners see what concerns it; at least one.</summary>
    private void Note(RecordContext record, Group group, TouchedRepositories touched, IReadOnlyList<UserName> added, GroupChange change, Actor actor)
    {
        var detail = new
        {
            added = added.Select(name => name.Value),
            removed = touched.Removed.Select(name => name.Value),
            owners = change.Owners,
            description = change.Description,
        };
        foreach (var repository in touched.Repositories)
            repository.AccessVersion++;
        foreach (var id in touched.Repositories.Select(repository => (RepositoryId?)repository.Id).DefaultIfEmpty())
            record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.GroupChanged, group.Name.Value, id, detail));
    }
}
