using RepoPortal.Portal.People.Groups;

namespace RepoPortal.Portal.Repositories.Rules;

/// <summary>The path rules a repository had from one moment on; kept as it was, so that every earlier set can be returned to.</summary>
public sealed class RuleSet
{
    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>1 for its first set; the present one is <see cref="Repository.RulesVersion"/>.</summary>
    public required int Version { get; init; }

    /// <summary>The rules as JSON, in the form of the API.</summary>
    public required string Rules { get; init; }

    /// <summary>True for the present set; the only thing that ever changes.</summary>
    public required bool IsPresent { get; set; }

    /// <summary>How many they are.</summary>
    public required int Count { get; init; }

    /// <summary>When they were saved.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who saved them, as the audit names them.</summary>
    public required string By { get; init; }
}

/// <summary>That a repository's present rules name a group, so that a change of the group finds the repository.</summary>
public sealed class RuleGroup
{
    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The group's row.</summary>
    public Group Group { get; init; } = null!;
}
