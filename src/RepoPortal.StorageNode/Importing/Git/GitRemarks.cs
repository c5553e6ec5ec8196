using System.Globalization;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>What of a git repository cannot be carried as it is, or was carried otherwise than somebody may expect.</summary>
internal sealed class GitRemarks
{
    private const int Named = 3;

    /// <summary>Paths at which other repositories are.</summary>
    public SortedSet<string> Submodules { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths whose names have other letters now.</summary>
    public SortedSet<string> Renamed { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths left out, because another one has that name now.</summary>
    public SortedSet<string> Collisions { get; } = new(StringComparer.Ordinal);

    /// <summary>References that are neither branches nor tags: notes, stashes, those of other repositories.</summary>
    public SortedSet<string> References { get; } = new(StringComparer.Ordinal);

    /// <summary>Tags of something that is no commit.</summary>
    public SortedSet<string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Signatures of commits and tags.</summary>
    public int Signatures { get; set; }

    /// <summary>Commits with more than one parent.</summary>
    public int Merges { get; set; }

    /// <summary>Messages that are no UTF-8.</summary>
    public int Messages { get; set; }

    /// <summary>Lines of commits that no branch has the name of.</summary>
    public int Unnamed { get; set; }

    /// <summary>Whether the source is a shallow clone.</summary>
    public bool IsShallow { get; set; }

    /// <summary>The sentences; empty when there is nothing to say.</summary>
    public string Say()
    {
        string[] lost =
        [
            .. Say(Submodules, "submodule", "submodules"),
            .. Say(Collisions, "file whose name another one has", "files whose names others have"),
            .. Say(References, "reference that is no branch or tag", "references that are no branches or tags"),
            .. Say(Tags, "tag of something that is no commit", "tags of something that is no commit"),
            .. Say(Signatures, "signature", "signatures"),
        ];
        string[] sentences =
        [
            .. IsShallow ? ["The source is a shallow clone: what was before is not in it."] : Array.Empty<string>(),
            .. lost.Length > 0 ? [$"Not carried: {string.Join("; ", lost)}."] : Array.Empty<string>(),
            .. Say(Renamed, "path has a name with %XX in place of what Subversion takes in none", "paths have names with %XX in place of what Subversion takes in none").Select(said => $"{said}."),
            .. Say(Messages, "message is no UTF-8 and was read as Latin-1", "messages are no UTF-8 and were read as Latin-1").Select(said => $"{said}."),
            .. Say(Merges, "merge is there as what it changed", "merges are there as what they changed").Select(said => $"{said}, without svn:mergeinfo."),
            .. Say(Unnamed, "line of commits without a branch was", "lines of commits without a branch were").Select(said => $"{said} put into branches/unnamed-…, and removed again where a merge or a tag took up its end."),
        ];
        return string.Join(' ', sentences);
    }

    private static IEnumerable<string> Say(SortedSet<string> names, string one, string many) => Say(names.Count, one, many).Select(said =>
        $"{said} ({string.Join(", ", names.Take(Named).Select(name => $"'{name}'"))}{(names.Count > Named ? ", …" : "")})");

    private static IEnumerable<string> Say(int count, string one, string many) =>
        count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}")];
}
