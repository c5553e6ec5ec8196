namespace RepoPortal.Svn;

/// <summary>One commit.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Author">svn:author; null for an anonymous commit.</param>
/// <param name="Time">svn:date; null when there is none that can be read.</param>
/// <param name="LogMessage">svn:log; empty when there is none.</param>
/// <param name="ChangedPaths">What it changed; null unless it was asked for.</param>
public sealed record SvnLogEntry(
    long Revision, string? Author, DateTimeOffset? Time, string LogMessage, SvnChangedPaths? ChangedPaths);
