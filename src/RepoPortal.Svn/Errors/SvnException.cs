namespace RepoPortal.Svn;

/// <summary>An error chain of libsvn, outermost link first; the message joins the links.</summary>
public sealed class SvnException : Exception
{
    internal SvnException(IReadOnlyList<SvnError> chain)
        : base(string.Join(": ", chain.Select(link => link.Message).Distinct(StringComparer.Ordinal)))
    {
        Chain = chain;
    }

    internal SvnException(SvnErrorCode code, string symbolicName, string message)
        : this([new SvnError(code, symbolicName, message)])
    {
    }

    /// <summary>All links, outermost first; never empty.</summary>
    public IReadOnlyList<SvnError> Chain { get; }

    /// <summary>The outermost link's code.</summary>
    public SvnErrorCode SvnErrorCode => Chain[0].Code;

    /// <summary>The outermost link's name in C, such as <c>SVN_ERR_FS_NOT_FOUND</c>.</summary>
    public string? SymbolicName => Chain[0].SymbolicName;

    /// <summary>There is no such path in that revision, or it is not of the kind that was asked for, or there is no such revision.</summary>
    public bool IsNotFound => ContainsAny(
        SvnErrorCode.FsNotFound, SvnErrorCode.FsNoSuchRevision, SvnErrorCode.FsNotDirectory, SvnErrorCode.FsNotFile);

    /// <summary>There is no such revision (yet).</summary>
    public bool IsNoSuchRevision => Contains(SvnErrorCode.FsNoSuchRevision);

    /// <summary>The path inside the repository cannot name anything.</summary>
    public bool IsPathSyntax => Contains(SvnErrorCode.FsPathSyntax);

    /// <summary>The directory on disk is missing, is not a repository, or is one of a version this library cannot read.</summary>
    public bool IsNotRepository => ContainsAny(
        SvnErrorCode.RepositoryUnsupportedVersion, SvnErrorCode.FsUnsupportedFormat)
        || (!IsCorrupt && ContainsAny(SvnErrorCode.FileNotFound, SvnErrorCode.FileNotDirectory));

    /// <summary>There is something already where something new should be.</summary>
    public bool IsAlreadyExists => ContainsAny(SvnErrorCode.FsAlreadyExists, SvnErrorCode.FileExists, SvnErrorCode.DirectoryNotEmpty);

    /// <summary>An access file that httpd would refuse.</summary>
    public bool IsInvalidAccessFile => ContainsAny(SvnErrorCode.AuthzInvalidConfig, SvnErrorCode.MalformedFile);

    /// <summary>What is on disk contradicts itself; a restore or a replica is needed.</summary>
    public bool IsCorrupt => ContainsAny(
        SvnErrorCode.FsCorrupt, SvnErrorCode.FsIndexCorruption, SvnErrorCode.FsIndexRevision, SvnErrorCode.FsIndexInconsistent,
        SvnErrorCode.FsCorruptPropList, SvnErrorCode.FsMalformedNodeRevId, SvnErrorCode.ChecksumMismatch, SvnErrorCode.SvnDiffInvalidHeader,
        SvnErrorCode.SvnDiffCorruptWindow, SvnErrorCode.SvnDiffBackwardView, SvnErrorCode.SvnDiffInvalidOps, SvnErrorCode.SvnDiffUnexpectedEnd,
        SvnErrorCode.SvnDiffInvalidCompressedData, SvnErrorCode.Lz4DecompressionFailed,
        SvnErrorCode.StreamMalformedData, SvnErrorCode.StreamUnexpectedEof, SvnErrorCode.BadVersionFileFormat, SvnErrorCode.RevnumParseFailure);

    /// <summary>The disk or the quota of the system user is full.</summary>
    public bool IsDiskFull => ContainsAny(SvnErrorCode.NoSpace, SvnErrorCode.QuotaExceeded);

    /// <summary>The operating system refuses the access.</summary>
    public bool IsAccessDenied => ContainsAny(SvnErrorCode.AccessDenied, SvnErrorCode.ReadOnlyDisk);

    /// <summary>Whether a link of the chain has this code.</summary>
    public bool Contains(SvnErrorCode code) => Chain.Any(link => link.Code == code);

    private bool ContainsAny(params ReadOnlySpan<SvnErrorCode> codes)
    {
        foreach (var link in Chain)
        {
            if (codes.Contains(link.Code)) return true;
        }

        return false;
    }
}
