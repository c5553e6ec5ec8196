using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace RepoPortal.Gateway.Targets;

/// <summary>The page about a directory, for people who follow a repository's address in a browser.</summary>
internal static class BrowserPage
{
    /// <summary>
    /// Where a browser that asks for a directory is sent; null when the request is not that. Depends on the spelling alone and so tells nobody what exists.
    /// Only somebody who names <c>text/html</c> is a browser: svn and wget are not.
    /// </summary>
    internal static string? Of(RequestTarget target, string method, StringValues accept)
    {
        if (!HttpMethods.IsGet(method) || target.HasQuery || target.Path.Name is not { } name || !AcceptsHtml(accept))
            return null;
        return target.Path.InRepository switch
        {
            "" or "/" => $"/r/{name}",
            ['/', '!', 's', 'v', 'n', '/', ..] => null, // mod_dav_svn's own resources
            [.. var directory, '/'] => $"/r/{name}/tree{directory}",
            _ => null,
        };
    }

    internal static bool AcceptsHtml(StringValues accept)
    {
        foreach (var value in accept)
        {
            if (value is not null && value.Contains("text/html", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
