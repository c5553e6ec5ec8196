using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>The addresses of what was found; people pass them on.</summary>
internal static class SearchAddress
{
    /// <summary>What the address says when messages are searched.</summary>
    internal const string Messages = "messages";

    internal static string Of(string name) => $"/r/{name}/search";

    internal static string Of(string name, string? query, SearchPlace place, string? after = null) =>
        LocalAddress.Of(Of(name), ("q", query), ("in", place == SearchPlace.Messages ? Messages : null), ("after", after));

    internal static SearchPlace PlaceOf(string? text) => text == Messages ? SearchPlace.Messages : SearchPlace.Contents;
}
