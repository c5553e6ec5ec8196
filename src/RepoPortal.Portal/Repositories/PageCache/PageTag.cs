namespace RepoPortal.Portal.Repositories.PageCache;

/// <summary>Names everything that a page about a repository's content is made from; equal names, equal pages.</summary>
/// <param name="Text">The name, as an entity tag without its quotes.</param>
/// <param name="IsForVisitors">Whether everybody who has not signed in gets the same page.</param>
internal sealed record PageTag(string Text, bool IsForVisitors);
