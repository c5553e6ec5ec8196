using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace RepoPortal.Portal.Shell;

/// <summary>Addresses within the portal, for links to a place on the same page and for going back after a form.</summary>
internal static class LocalAddress
{
    /// <summary>Path and query of the page being shown. Fragments need it, because the document has a base address.</summary>
    internal static string Here(this NavigationManager navigation) => new Uri(navigation.Uri).PathAndQuery;

    /// <summary>The address if it is a path on this server, otherwise the front page: nobody is sent elsewhere by a crafted link.</summary>
    internal static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    /// <summary>The path with those values that there are as its query.</summary>
    internal static string Of(string path, params IEnumerable<(string Name, string? Value)> query) =>
        path + QueryString.Create(query.Where(pair => pair.Value is { Length: > 0 }).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    // "//host" and "/\host" are other servers to a browser; control characters are dropped by it, so "/\t/host" would become one.
    private static bool IsLocal(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl);
}
