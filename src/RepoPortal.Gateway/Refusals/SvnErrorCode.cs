namespace RepoPortal.Gateway.Refusals;

/// <summary>The numbers the svn client prints as <c>E…</c> before a sentence (<c>svn_error_codes.h</c>).</summary>
internal enum SvnErrorCode
{
    /// <summary>SVN_ERR_RA_ILLEGAL_URL.</summary>
    IllegalUrl = 170000,

    /// <summary>SVN_ERR_RA_NOT_AUTHORIZED.</summary>
    NotAuthorized = 170001,

    /// <summary>SVN_ERR_RA_DAV_REQUEST_FAILED.</summary>
    RequestFailed = 175002,

    /// <summary>SVN_ERR_AUTHZ_UNWRITABLE.</summary>
    Unwritable = 220004,
}
