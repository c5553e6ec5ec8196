namespace RepoPortal.Svn;

/// <summary>A file or directory in a revision, with the commit that last changed it.</summary>
/// <param name="Name">The last segment of its path; empty for the root.</param>
/// <param name="NodeKind">File or directory.</param>
/// <param name="FileSize">Bytes; null for a directory.</param>
/// <param name="HasProperties">Whether it has versioned properties.</param>
/// <param name="Revision">The revision that last changed it; for a directory, it or anything below it.</param>
/// <param name="Author">That revision's author; null for an anonymous commit.</param>
/// <param name="Time">That revision's date; null when it has none that can be read.</param>
/// <param name="Message">That revision's log message; null when it has none.</param>
public sealed record SvnDirEntry(
    string Name, SvnNodeKind NodeKind, long? FileSize, bool HasProperties, long Revision, string? Author, DateTimeOffset? Time, string? Message);
