namespace RepoPortal.Contracts.Repositories;

/// <summary>Who may read a repository without being a member.</summary>
public enum Visibility
{
    /// <summary>Nobody.</summary>
    Private,

    /// <summary>Everyone signed in.</summary>
    Internal,

    /// <summary>Anyone on the web, anonymously.</summary>
    Public,
}

/// <summary>What the first revision of a repository holds.</summary>
public enum RepositoryLayout
{
    /// <summary>Nothing: the repository starts at revision 0.</summary>
    Empty,

    /// <summary><c>trunk</c>, <c>branches</c> and <c>tags</c>, made in revision 1 by the owner.</summary>
    Standard,
}

/// <summary>How far a repository has come towards what its row says.</summary>
public enum RepositoryState
{
    /// <summary>The row is there; the disk is being brought there.</summary>
    Provisioning,

    /// <summary>Served.</summary>
    Ready,

    /// <summary>Given up for a reason that the row tells; nothing is left on disk, and it can be tried again.</summary>
    Failed,

    /// <summary>Closed while its content is brought back from a backup.</summary>
    Restoring,

    /// <summary>In the trash: kept for a time, served to nobody, and taken back on request.</summary>
    Deleted,

    /// <summary>Its time in the trash is over: the disk is being cleared, then the row goes.</summary>
    Purging,

    /// <summary>Closed while history is loaded into it for the first time.</summary>
    Importing,
}
