namespace RepoPortal.Portal.Repositories.Names;

/// <summary>How far the disk has come with a name.</summary>
public enum NameState
{
    /// <summary>To be served; not known to be on the disk yet.</summary>
    Wanted,

    /// <summary>On the disk.</summary>
    Served,

    /// <summary>Let go: reaches nothing any more, and is free when it is off the disk.</summary>
    Released,
}

/// <summary>
/// That a name belongs to a repository: its present one, or an alias from before it was renamed. The name is the key, so no two repositories ever have one, whoever
/// is faster.
/// </summary>
public sealed class NameClaim
{
    /// <summary>The name.</summary>
    public required RepositoryName Name { get; init; }

    /// <summary>Whose it is.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>How far the disk has come with it.</summary>
    public required NameState State { get; set; }

    /// <summary>Since when the repository has it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>A name that the repository is to be reached by.</summary>
    internal static NameClaim Of(RepositoryId repository, RepositoryName name, DateTimeOffset now) =>
        new() { Name = name, RepositoryId = repository, State = NameState.Wanted, Since = now };
}
