namespace RepoPortal.Svn;

/// <summary>What a path is in a revision; the values are svn_node_kind_t's.</summary>
public enum SvnNodeKind
{
    /// <summary>Nothing is there.</summary>
    None = 0,

    /// <summary>A file.</summary>
    File = 1,

    /// <summary>A directory.</summary>
    Directory = 2,

    /// <summary>Not recorded.</summary>
    Unknown = 3,
}
