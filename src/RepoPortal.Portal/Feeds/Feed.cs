namespace RepoPortal.Portal.Feeds;

/// <summary>Some commits for a feed reader.</summary>
/// <param name="Id">What names the feed for ever.</param>
/// <param name="Title">Its title.</param>
/// <param name="Page">The address, within the portal, of the page about the same.</param>
/// <param name="Items">The commits, the latest first.</param>
internal sealed record Feed(string Id, string Title, string Page, IReadOnlyCollection<FeedItem> Items)
{
    /// <summary>How many commits one has.</summary>
    internal const int Length = 30;
}
