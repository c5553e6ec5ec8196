using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Reading;

/// <summary>The layout that most projects have: trunk, branches and tags beside each other, wherever in the repository.</summary>
internal static class UsualLayout
{
    public const string Trunk = "trunk";
    public const string Branches = "branches";
    public const string Tags = "tags";

    public static readonly string[] Directories = [Trunk, Branches, Tags];

    /// <summary>
    /// The project that a path belongs to, and the line of development in it, such as <c>branches/1.x</c>. A directory that is in none of the three may be a project
    /// itself; a file there belongs to none.
    /// </summary>
    public static (string? Project, string? Line) Split(string path, SvnNodeKind kind)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(segments, segment => segment is Trunk or Branches or Tags);
        if (at < 0)
            return (kind == SvnNodeKind.Directory ? path : null, null);
        var line = segments[at] == Trunk ? Trunk : at + 1 < segments.Length ? $"{segments[at]}/{segments[at + 1]}" : null;
        return ("/" + string.Join('/', segments[..at]), line);
    }
}
