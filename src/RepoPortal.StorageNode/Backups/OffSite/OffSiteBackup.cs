using System.Globalization;

namespace RepoPortal.StorageNode.Backups.OffSite;

/// <summary>
/// A backup of this node as it is copied off site, and what is known of its copy there: the note that was put there last, and what its files were then. So no
/// clock of the other side decides what has changed, and places that keep no dates will do.
/// </summary>
/// <param name="root">The directory of this node's backups.</param>
/// <param name="place">The backup within it: <c>{id}/{generation}</c>.</param>
internal sealed class OffSiteBackup(string root, string place)
{
    private const string Separator = "\t";

    /// <summary>The note, within a backup.</summary>
    public const string Note = "repoportal/backup.json";

    /// <summary>Where it lies, here and there.</summary>
    public string Place => place;

    /// <summary>Every backup that was ever finished; none of those set aside.</summary>
    public static IEnumerable<OffSiteBackup> All(string root) =>
        from repository in new DirectoryInfo(root).EnumerateDirectories()
        where Guid.TryParseExact(repository.Name, "n", out _)
        from generation in repository.EnumerateDirectories()
        where int.TryParse(generation.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _) && BackupNote.Read(generation.FullName) is not null
        select new OffSiteBackup(root, $"{repository.Name}/{generation.Name}");

    /// <summary>Whether the copy off site has the present note, hence everything.</summary>
    public bool IsKnownIn(string directory) => File.Exists(KnownIn(directory)) && File.ReadAllText(KnownIn(directory)) == File.ReadAllText(Path.Combine(root, place, Note));

    /// <summary>Whether anything of it was copied before.</summary>
    public bool WasCopied(string directory) => File.Exists(FilesKnownIn(directory));

    /// <summary>Its files other than revisions and the note, a line each: path, length, date. Subversion makes the index of equal contents anew.</summary>
    public IReadOnlyList<string> List() =>
    [
        .. from file in new DirectoryInfo(Path.Combine(root, place)).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
           let path = Path.GetRelativePath(Path.Combine(root, place), file.FullName)
           where !path.StartsWith("db/revs/", StringComparison.Ordinal) && path != Note
               && !file.Name.StartsWith("svn-", StringComparison.Ordinal) && !file.Name.StartsWith("rep-cache.db", StringComparison.Ordinal)
           select string.Create(CultureInfo.InvariantCulture, $"{path}{Separator}{file.Length}{Separator}{file.LastWriteTimeUtc.Ticks}"),
    ];

    /// <summary>The paths of a listing, below the root, that are not as they were when they were copied.</summary>
    public IEnumerable<string> Changed(IReadOnlyList<string> listing, string directory)
    {
        var known = File.ReadLines(FilesKnownIn(directory)).ToHashSet(StringComparer.Ordinal);
        return listing.Where(line => !known.Contains(line)).Select(line => $"{place}/{line[..line.IndexOf(Separator, StringComparison.Ordinal)]}");
    }

    /// <summary>Takes the present note over to where it is copied from, after everything that it speaks of.</summary>
    public void StageNote(string directory)
    {
        var staged = Path.Combine(directory, place, Note);
        Directory.CreateDirectory(Path.GetDirectoryName(staged)!);
        File.Copy(Path.Combine(root, place, Note), staged);
    }

    /// <summary>Keeps what was put there: the note last, because it says that all is there.</summary>
    public void Remember(string staged, IReadOnlyList<string> listing, string directory)
    {
        File.WriteAllLines(FilesKnownIn(directory), listing);
        File.Move(Path.Combine(staged, place, Note), KnownIn(directory), overwrite: true);
    }

    private string FilesKnownIn(string directory) => KnownIn(directory) + ".files";

    private string KnownIn(string directory) => Path.Combine(directory, place.Replace('/', '-'));
}
