namespace RepoPortal.Svn;

/// <summary>One link of libsvn's error chain.</summary>
/// <param name="Code">The code; one of those this library does not look at is still its number.</param>
/// <param name="SymbolicName">The name of the code in C, such as <c>SVN_ERR_FS_NOT_FOUND</c>; null when libsvn has none for it.</param>
/// <param name="Message">libsvn's own words.</param>
public sealed record SvnError(SvnErrorCode Code, string? SymbolicName, string Message);
