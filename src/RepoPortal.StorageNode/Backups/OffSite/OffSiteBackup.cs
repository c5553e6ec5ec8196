using System.Globalization;

namespace RepoPortal.StorageNode.Backups.OffSite;

/// <summary>A backup of this node as it is copied off site, and what is known of its copy there: the note that was put there last.</summary>
/// <param name="root">The directory of this node's backups.</param>
/// <param name="place">The backup within it: <c>{id}/{generation}</c>.</param>
internal sealed class OffSiteBackup(string root, string place)
{
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

    /// <summary>Takes the present note over to where it is copied from, after everything that it speaks of.</summary>
    public void StageNote(string directory)
    {
        var staged = Path.Combine(directory, place, Note);
        Directory.CreateDirectory(Path.GetDirectoryName(staged)!);
        File.Copy(Path.Combine(root, place, Note), staged);
    }

    /// <summary>Keeps what was put there.</summary>
    public void Remember(string staged, string directory) => File.Move(Path.Combine(staged, place, Note), KnownIn(directory), overwrite: true);

    private string KnownIn(string directory) => Path.Combine(directory, place.Replace('/', '-'));
}
