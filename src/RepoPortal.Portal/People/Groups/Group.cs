namespace RepoPortal.Portal.People.Groups;

/// <summary>People under one name, to be used wherever a person can be granted something.</summary>
public sealed class Group
{
    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 200;

    /// <summary>Its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name, for ever; unique.</summary>
    public required GroupName Name { get; init; }

    /// <summary>What it is for, in one line; empty when nobody said.</summary>
    public required string Description { get; set; }

    /// <summary>The sign-in provider whose claims decide who is in it; null for a group kept here. A provider's group is read-only.</summary>
    public string? Provider { get; init; }

    /// <summary>The claim's value that stands for the group at <see cref="Provider"/>; null for a group kept here.</summary>
    public string? ProviderKey { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Grows with every change of its members, and whenever a repository begins to name it: so a change of members never overlooks a repository. Two such
    /// changes at once never both succeed: it is the row's concurrency token.
    /// </summary>
    public long Version { get; set; }

    /// <summary>Everyone in it.</summary>
    public ICollection<GroupMember> Members { get; init; } = [];

    /// <summary>Those who decide who is in it, members or not.</summary>
    public ICollection<GroupOwner> Owners { get; init; } = [];
}

/// <summary>Somebody in a group.</summary>
public sealed class GroupMember
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The group's row.</summary>
    public Group Group { get; init; } = null!;

    /// <summary>The person.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The person's row.</summary>
    public User User { get; init; } = null!;

    /// <summary>Since when.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>Somebody who decides who is in a group.</summary>
public sealed class GroupOwner
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The person.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The person's row.</summary>
    public User User { get; init; } = null!;
}
