using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.Content;

/// <summary>The addresses of a repository's content. They follow the youngest revision, unless one was chosen.</summary>
/// <param name="Name">The repository's name.</param>
/// <param name="Revision">The revision that was chosen; null to follow the youngest.</param>
public sealed record ContentLinks(string Name, long? Revision)
{
    /// <summary>The page of a directory or file.</summary>
    public string Tree(string path) => Of("tree", path);

    /// <summary>A file's bytes.</summary>
    public string Raw(string path) => Of("raw", path);

    /// <summary>What changed a directory or file.</summary>
    public string Log(string path) => Of("log", path);

    /// <summary>Where the lock on a file is broken.</summary>
    public string Unlock(string path) => Address("unlock", path);

    /// <summary>Which files are locked.</summary>
    public string Locks => $"/r/{Name}/locks";

    /// <summary>Who wrote each line of a file.</summary>
    public string Blame(string path) => Of("blame", path);

    /// <summary>A directory in one file.</summary>
    public string Archive(string path, string format) => LocalAddress.Of(Address("archive", path), Query, ("format", format));

    /// <summary>Where files below a directory are found by a part of their paths; without one, below the trunk or the root.</summary>
    public string Find(string? directory, params IEnumerable<(string Name, string? Value)> query) => LocalAddress.Of($"/r/{Name}/find", [("in", directory), Query, .. query]);

    /// <summary>The same files as JSON.</summary>
    public string Paths(string? directory) => LocalAddress.Of($"/r/{Name}/paths", ("in", directory), Query);

    /// <summary>What a commit changed.</summary>
    public string Commit(long revision) => $"/r/{Name}/rev/{Format.Plain(revision)}";

    /// <summary>The same with other choices in the query.</summary>
    public string Tree(string path, params IEnumerable<(string Name, string? Value)> query) => LocalAddress.Of(Address("tree", path), [Query, .. query]);

    /// <summary>
    /// The path in the address of a request, taken from what the browser sent: what routing makes of it cannot tell an encoded <c>%2F</c> in a name from a slash.
    /// </summary>
    internal static string PathIn(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0];
        // "/r/NAME/PAGE/…"
        return target?.Split('/') is ["", "r", _, _, .. var path]
            ? "/" + string.Join('/', path.Select(Uri.UnescapeDataString))
            : "/" + string.Join('/', (context.Request.Path.Value ?? "").Split('/').Skip(4));
    }

    private (string, string?) Query => ("rev", Revision is { } revision ? Format.Plain(revision) : null);

    private string Of(string page, string path) => LocalAddress.Of(Address(page, path), Query);

    private string Address(string page, string path) =>
        $"/r/{Name}/{page}" + string.Concat(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(segment => "/" + Uri.EscapeDataString(segment)));
}
