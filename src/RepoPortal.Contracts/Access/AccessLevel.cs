namespace RepoPortal.Contracts.Access;

/// <summary>What somebody may do with a whole repository; each level includes the ones before it.</summary>
public enum AccessLevel
{
    /// <summary>Not even learn that it is there.</summary>
    None,

    /// <summary>Check out, update, log.</summary>
    Read,

    /// <summary>Commit, lock.</summary>
    Write,

    /// <summary>Decide about people, settings and the repository's life.</summary>
    Owner,
}
