namespace RepoPortal.Portal.Access;

/// <summary>
/// A change of access made by a process outside the cluster, such as a command beside a running server: written in the same save as the change, taken and
/// published by a server within a fraction of a second.
/// </summary>
public sealed class AccessNotice
{
    /// <summary>Its row.</summary>
    public required Guid Id { get; init; }

    /// <summary>The person whose tokens changed; null when it is about a repository.</summary>
    public UserName? User { get; init; }

    /// <summary>The repository whose route changed; null when it is about a person.</summary>
    public RepositoryId? Repository { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }
}
