namespace RepoPortal.Svn;

/// <summary>What a commit did to a path; the values are svn_fs_path_change_kind_t's.</summary>
public enum SvnChangeAction
{
    /// <summary>Its content or properties were changed.</summary>
    Modify = 0,

    /// <summary>It was added, or copied from elsewhere.</summary>
    Add = 1,

    /// <summary>It was removed, with everything below it.</summary>
    Delete = 2,

    /// <summary>It was removed and something else was put in its place.</summary>
    Replace = 3,
}
