namespace RepoPortal.Portal.Repositories;

/// <summary>The pages of a repository, in the order of their tabs.</summary>
public enum RepositoryTab
{
    /// <summary>Its files, or how to bring the first ones in.</summary>
    Code,

    /// <summary>Its commits.</summary>
    History,

    /// <summary>When, by whom and where it was committed to.</summary>
    Activity,

    /// <summary>Who has access.</summary>
    People,

    /// <summary>What its tier promises, beside what was measured.</summary>
    Promise,

    /// <summary>Who used it how much, for its owners.</summary>
    Usage,

    /// <summary>Who changed what, for its owners.</summary>
    Audit,

    /// <summary>What its owners can change.</summary>
    Settings,
}
