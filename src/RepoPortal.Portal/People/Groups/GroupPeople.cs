namespace RepoPortal.Portal.People.Groups;

/// <summary>Puts people into a group, and makes them its owners. The group must have been read whole.</summary>
internal static class GroupPeople
{
    /// <summary>The most people a group can have.</summary>
    internal const int Most = 5000;

    /// <summary>The people of those names, or a sentence that names who is not there.</summary>
    /// <param name="field">The field the names stand in.</param>
    internal static async Task<Outcome<List<User>>> FindAsync(
        RecordContext record, IReadOnlyCollection<string> names, string field, CancellationToken cancellationToken)
    {
        if (names.Count > Most)
            return Refusal.Invalid(field, $"A group has at most {Most} people.");
        var wanted = names.Where(name => UserName.TryParse(name, out _, out _)).Select(UserQueries.Normalize).Distinct(StringComparer.Ordinal).ToArray();
        var people = await record.Users.Where(user => wanted.Contains(user.NormalizedUserName)).ToListAsync(cancellationToken);
        var known = people.Select(person => person.UserName!).ToHashSet(StringComparer.Ordinal);
        var unknown = names.Where(name => !known.Contains(name)).Distinct(StringComparer.Ordinal).Take(20).ToList();
        return unknown.Count > 0
            ? Refusal.Invalid(field, $"There is nobody called {string.Join(", ", unknown.Select(name => $"'{name}'"))} here.")
            : people;
    }

    /// <summary>Makes <paramref name="people"/> all of the members.</summary>
    /// <returns>The names of those who came and of those who went.</returns>
    internal static (IReadOnlyList<UserName> Added, IReadOnlyList<UserName> Removed) SetMembers(Group group, IReadOnlyCollection<User> people, DateTimeOffset now)
    {
        var wanted = people.Select(person => person.Id).ToHashSet();
        var removed = group.Members.Where(member => !wanted.Contains(member.UserId)).ToList();
        var present = group.Members.Select(member => member.UserId).ToHashSet();
        var added = people.Where(person => !present.Contains(person.Id)).ToList();
        foreach (var member in removed)
            group.Members.Remove(member);
        foreach (var person in added)
            group.Members.Add(new GroupMember { GroupId = group.Id, UserId = person.Id, User = person, AddedAt = now });
        return ([.. added.Select(person => person.Name)], [.. removed.Select(member => member.User.Name)]);
    }

    /// <summary>Makes <paramref name="people"/> all of the owners.</summary>
    /// <returns>A refusal when nobody of them could act.</returns>
    internal static Refusal? SetOwners(Group group, IReadOnlyCollection<User> people, DateTimeOffset now)
    {
        if (!people.Any(person => person.IsActive(now) && person.Kind != UserKind.Service))
            return Refusal.Conflict("A group has at least one owner who can sign in.", "owners");
        var wanted = people.Select(person => person.Id).ToHashSet();
        foreach (var owner in group.Owners.Where(owner => !wanted.Contains(owner.UserId)).ToList())
            group.Owners.Remove(owner);
        var present = group.Owners.Select(owner => owner.UserId).ToHashSet();
        foreach (var person in people.Where(person => !present.Contains(person.Id)))
            group.Owners.Add(new GroupOwner { GroupId = group.Id, UserId = person.Id, User = person });
        return null;
    }
}
