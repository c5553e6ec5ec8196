namespace RepoPortal.Svn;

/// <summary>A lock on a file. Its token stays in the repository: whoever has it can break the lock.</summary>
/// <param name="Path">The file.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Comment">Why; empty when nothing was said.</param>
/// <param name="CreationTime">Since when.</param>
/// <param name="Mark">A digest of its token: it tells one lock from another, and breaks neither.</param>
public sealed record SvnLock(string Path, string Owner, string Comment, DateTimeOffset CreationTime, string Mark);
