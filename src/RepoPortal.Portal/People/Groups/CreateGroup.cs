using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Groups;

/// <summary>A group that somebody wants.</summary>
/// <param name="Name">The name as typed.</param>
/// <param name="Description">What it is for, in one line; may be empty.</param>
/// <param name="Members">User names; null: whoever makes it.</param>
/// <param name="Owners">User names; null: whoever makes it.</param>
public sealed record NewGroup(string Name, string? Description, IReadOnlyCollection<string>? Members = null, IReadOnlyCollection<string>? Owners = null);

/// <summary>Makes a group; for people of the house.</summary>
internal sealed class CreateGroup(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal async Task<Outcome<GroupView>> ExecuteAsync(NewGroup request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor is not { Kind: UserKind.Internal, Name: { } maker })
            return Refusal.Forbidden("Collaborators from elsewhere make no groups; ask somebody of the house to make it.");
        if (!GroupName.TryParse(request.Name, out var name, out var sentence))
            return Refusal.Invalid("name", sentence);
        var description = (request.Description ?? "").Trim();
        if (PlainText.Refuse(description, "A description", Group.MaxDescriptionLength) is { } refusal)
            return Refusal.Invalid("description", refusal);

        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var group = new Group { Id = Guid.CreateVersion7(now), Name = name, Description = description, CreatedAt = now };
        var filled = await FillAsync(record, group, request.Members ?? [maker.Value], request.Owners ?? [maker.Value], cancellationToken);
        if (filled is not null)
            return filled;
        record.Add(group);
        record.Add(AuditEntry.Of(now, actor, AuditAction.GroupCreated, name.Value, detail: new
        {
            members = group.Members.Select(member => member.User.UserName),
            owners = group.Owners.Select(owner => owner.User.UserName),
        }));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Refusal.Conflict($"There is a group called '{name}' already; choose another name.", "name");
        }

        return GroupView.Of(group, [], actor);
    }

    private async Task<Refusal?> FillAsync(
        RecordContext record, Group group, IReadOnlyCollection<string> members, IReadOnlyCollection<string> owners, CancellationToken cancellationToken)
    {
        if (!(await GroupPeople.FindAsync(record, members, "members", cancellationToken)).Succeeded(out var people, out var refusal))
            return refusal;
        if (!(await GroupPeople.FindAsync(record, owners, "owners", cancellationToken)).Succeeded(out var keepers, out refusal))
            return refusal;
        GroupPeople.SetMembers(group, people, time.GetUtcNow());
        return GroupPeople.SetOwners(group, keepers, time.GetUtcNow());
    }
}
