namespace RepoPortal.Gateway.Claims;

/// <summary>A place in a working copy, as its client describes it to the server.</summary>
/// <param name="Path">Where, relative to what is updated; empty is that itself.</param>
/// <param name="Revision">Of which revision it is; null when it is missing.</param>
/// <param name="LinkPath">The path it was switched to; null when it is what lies there.</param>
/// <param name="IsEmpty">True when it is a directory of which nothing is there yet.</param>
/// <param name="Depth">How far below it the client goes: a word of Subversion's, infinity unless it says so.</param>
internal sealed record ClaimedEntry(string Path, long? Revision, string? LinkPath, bool IsEmpty, string Depth);
