using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>The addresses of what is in a repository; people and other tools keep them.</summary>
internal static class ContentAddress
{
    internal static string Revision(string name, long revision) => $"/r/{name}/rev/{Format.Plain(revision)}";

    internal static string Patch(string name, long revision) => $"/r/{name}/rev/{Format.Plain(revision)}.patch";

    internal static string Message(string name, long revision) => $"/r/{name}/rev/{Format.Plain(revision)}/message";

    internal static string Tree(string name, PathAtRevision place) => $"/r/{name}/tree{At(place)}";

    internal static string Raw(string name, PathAtRevision place) => $"/r/{name}/raw{At(place)}";

    internal static string Log(string name, PathAtRevision place) => $"/r/{name}/log{At(place)}";

    internal static string Log(string name, string path) => $"/r/{name}/log{Escape(path)}";

    internal static string Blame(string name, PathAtRevision place) => $"/r/{name}/blame{At(place)}";

    /// <summary>The branches of a project, or its tags.</summary>
    internal static string Branches(string name, string project, bool tags = false) =>
        LocalAddress.Of($"/r/{name}/branches{(project == "/" ? "" : Escape(project))}", ("show", tags ? "tags" : null));

    internal static string Compare(string name, PathAtRevision from, PathAtRevision to) =>
        LocalAddress.Of($"/r/{name}/compare", ("from", Peg(from)), ("to", Peg(to)));

    /// <summary>As svn writes a path at a revision: <c>trunk/a@12</c>.</summary>
    internal static string Peg(PathAtRevision place) => $"{place.Path.TrimStart('/')}@{Format.Plain(place.Revision)}";

    /// <summary>A path as a part of an address, starting with a slash.</summary>
    internal static string Escape(string path) =>
        '/' + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString));

    private static string At(PathAtRevision place) => $"{Escape(place.Path)}?rev={Format.Plain(place.Revision)}";
}
