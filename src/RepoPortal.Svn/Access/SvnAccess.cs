namespace RepoPortal.Svn;

/// <summary>What somebody wants to do with a path; the values are svn_repos_authz_access_t's.</summary>
[Flags]
public enum SvnAccess
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>See it.</summary>
    Read = 1,

    /// <summary>Change it.</summary>
    Write = 2,

    /// <summary>And everything below it. Not to be relied on for <c>/</c> itself: libsvn 1.14 (svnauthz too) then overlooks rules further down.</summary>
    Recursive = 4,
}
