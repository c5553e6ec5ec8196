namespace RepoPortal.Svn;

/// <summary>The error codes this library looks at, from svn_error_codes.h; codes of the operating system are errno values.</summary>
public enum SvnErrorCode
{
    /// <summary>ENOENT.</summary>
    FileNotFound = 2,

    /// <summary>EACCES.</summary>
    AccessDenied = 13,

    /// <summary>EEXIST.</summary>
    FileExists = 17,

    /// <summary>ENOTDIR.</summary>
    FileNotDirectory = 20,

    /// <summary>ENOSPC.</summary>
    NoSpace = 28,

    /// <summary>EROFS.</summary>
    ReadOnlyDisk = 30,

    /// <summary>EDQUOT.</summary>
    QuotaExceeded = 122,

    /// <summary>SVN_ERR_BAD_PROPERTY_VALUE.</summary>
    BadPropertyValue = 125005,

    /// <summary>SVN_ERR_BAD_VERSION_FILE_FORMAT: a <c>format</c> file does not start with a number.</summary>
    BadVersionFileFormat = 125006,

    /// <summary>SVN_ERR_BAD_PROPERTY_VALUE_EOL: a property that is text has line ends other than LF.</summary>
    BadPropertyValueEol = 125017,

    /// <summary>SVN_ERR_STREAM_UNEXPECTED_EOF.</summary>
    StreamUnexpectedEof = 140000,

    /// <summary>SVN_ERR_STREAM_MALFORMED_DATA.</summary>
    StreamMalformedData = 140001,

    /// <summary>SVN_ERR_FS_CORRUPT.</summary>
    FsCorrupt = 160004,

    /// <summary>SVN_ERR_FS_PATH_SYNTAX.</summary>
    FsPathSyntax = 160005,

    /// <summary>SVN_ERR_FS_NO_SUCH_REVISION.</summary>
    FsNoSuchRevision = 160006,

    /// <summary>SVN_ERR_FS_NOT_FOUND.</summary>
    FsNotFound = 160013,

    /// <summary>SVN_ERR_FS_NOT_DIRECTORY.</summary>
    FsNotDirectory = 160016,

    /// <summary>SVN_ERR_FS_NOT_FILE.</summary>
    FsNotFile = 160017,

    /// <summary>SVN_ERR_FS_ALREADY_EXISTS.</summary>
    FsAlreadyExists = 160020,

    /// <summary>SVN_ERR_FS_CONFLICT.</summary>
    FsConflict = 160024,

    /// <summary>SVN_ERR_FS_TXN_OUT_OF_DATE.</summary>
    FsTxnOutOfDate = 160028,

    /// <summary>SVN_ERR_FS_NO_SUCH_LOCK.</summary>
    FsNoSuchLock = 160040,

    /// <summary>SVN_ERR_FS_UNSUPPORTED_FORMAT.</summary>
    FsUnsupportedFormat = 160043,

    /// <summary>SVN_ERR_FS_PROP_BASEVALUE_MISMATCH.</summary>
    FsPropBaseValueMismatch = 160049,

    /// <summary>SVN_ERR_FS_INDEX_CORRUPTION.</summary>
    FsIndexCorruption = 160054,

    /// <summary>SVN_ERR_FS_INDEX_REVISION.</summary>
    FsIndexRevision = 160055,

    /// <summary>SVN_ERR_FS_INDEX_INCONSISTENT.</summary>
    FsIndexInconsistent = 160058,

    /// <summary>SVN_ERR_FS_MALFORMED_NODEREV_ID.</summary>
    FsMalformedNodeRevId = 160062,

    /// <summary>SVN_ERR_FS_CORRUPT_PROPLIST.</summary>
    FsCorruptPropList = 160065,

    /// <summary>SVN_ERR_REPOS_HOOK_FAILURE: a hook refused, or complained about what was done already.</summary>
    RepositoryHookFailure = 165001,

    /// <summary>SVN_ERR_REPOS_BAD_ARGS: a repository cannot be made there, because there or above it is one already; or a property's name is not allowed.</summary>
    RepositoryBadArgs = 165002,

    /// <summary>SVN_ERR_REPOS_UNSUPPORTED_VERSION.</summary>
    RepositoryUnsupportedVersion = 165005,

    /// <summary>SVN_ERR_SVNDIFF_INVALID_HEADER.</summary>
    SvnDiffInvalidHeader = 185000,

    /// <summary>SVN_ERR_SVNDIFF_CORRUPT_WINDOW.</summary>
    SvnDiffCorruptWindow = 185001,

    /// <summary>SVN_ERR_SVNDIFF_BACKWARD_VIEW.</summary>
    SvnDiffBackwardView = 185002,

    /// <summary>SVN_ERR_SVNDIFF_INVALID_OPS.</summary>
    SvnDiffInvalidOps = 185003,

    /// <summary>SVN_ERR_SVNDIFF_UNEXPECTED_END.</summary>
    SvnDiffUnexpectedEnd = 185004,

    /// <summary>SVN_ERR_SVNDIFF_INVALID_COMPRESSED_DATA.</summary>
    SvnDiffInvalidCompressedData = 185005,

    /// <summary>SVN_ERR_MALFORMED_FILE.</summary>
    MalformedFile = 200002,

    /// <summary>SVN_ERR_DIR_NOT_EMPTY.</summary>
    DirectoryNotEmpty = 200011,

    /// <summary>SVN_ERR_CHECKSUM_MISMATCH.</summary>
    ChecksumMismatch = 200014,

    /// <summary>SVN_ERR_CANCELLED.</summary>
    Cancelled = 200015,

    /// <summary>SVN_ERR_MERGEINFO_PARSE_ERROR.</summary>
    MergeinfoParseError = 200020,

    /// <summary>SVN_ERR_REVNUM_PARSE_FAILURE: a file of the repository has no number where one should be.</summary>
    RevnumParseFailure = 200022,

    /// <summary>SVN_ERR_LZ4_DECOMPRESSION_FAILED.</summary>
    Lz4DecompressionFailed = 200046,

    /// <summary>SVN_ERR_AUTHZ_INVALID_CONFIG.</summary>
    AuthzInvalidConfig = 220003,

    /// <summary>SVN_ERR_ASSERTION_FAIL: libsvn found a bug, in itself or in how it was called.</summary>
    AssertionFail = 235000,
}
