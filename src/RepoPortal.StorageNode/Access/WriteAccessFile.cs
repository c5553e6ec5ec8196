using System.Globalization;
using System.Text;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Access;

/// <summary>Replaces a copy's access file in one step; httpd reads either the old or the new one, and new connections the new.</summary>
internal sealed class WriteAccessFile(NodeDirectories directories, CopyLocks locks)
{
    private const string Heading = "# RepoPortal writes this file; changes to it are lost. Access version ";

    /// <summary>Returns when the file, or a later one, is on the disk.</summary>
    /// <exception cref="CopyNotFoundException">There is no such copy on this node.</exception>
    /// <exception cref="StorageException">libsvn refuses the file, or the disk does.</exception>
    public async Task RunAsync(RepositoryCopy copy, AccessFile file, CancellationToken cancellationToken)
    {
        using var turn = await locks.EnterAsync(copy.Repository, cancellationToken);
        var directory = directories.Copy(copy);
        if (!Directory.Exists(directory))
            throw new CopyNotFoundException($"there is no copy {copy.Generation} of the repository '{copy.Repository}' on this node");
        try
        {
            if (VersionOf(PathIn(directory)) is { } present && present >= file.Version)
                return;
            Write(directory, file);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of("the access file could not be written", exception);
        }
    }

    /// <summary>Writes the file of a repository that nobody is served from yet, without waiting for the disk.</summary>
    /// <exception cref="SvnException">libsvn refuses it: httpd would, too, and then nobody would have access.</exception>
    public static void WriteFirst(string directory, AccessFile file)
    {
        SvnAccessFile.Parse(file.Text).Dispose();
        if (HasPathRules(file))
            File.WriteAllBytes(Path.Combine(directory, PathRulesMarker), []);
        File.WriteAllText(PathIn(directory), TextOf(file));
    }

    /// <summary>
    /// The file beside a repository's access file that is there when paths below the root have rules; httpd asks for it before it copies a root
    /// (<see cref="Httpd.HttpdConfiguration"/>).
    /// </summary>
    public const string PathRulesMarker = "conf/path-rules";

    /// <summary>Where a repository keeps its access file.</summary>
    public static string PathIn(string directory) => Path.Combine(directory, "conf", "authz");

    private static void Write(string directory, AccessFile file)
    {
        SvnAccessFile.Parse(file.Text).Dispose();
        var path = PathIn(directory);
        var fresh = path + ".new";
        File.WriteAllText(fresh, TextOf(file));
        Libc.Sync(fresh);
        // There before such rules are in force, and gone after.
        var marker = Path.Combine(directory, PathRulesMarker);
        if (HasPathRules(file))
            File.WriteAllBytes(marker, []);
        Libc.Rename(fresh, path);
        if (!HasPathRules(file))
            File.Delete(marker);
        Libc.Sync(Path.GetDirectoryName(path)!);
    }

    private static bool HasPathRules(AccessFile file) => file.Text.Split('\n').Any(line => line.StartsWith('[') && line is not ("[groups]" or "[/]"));

    private static string TextOf(AccessFile file) => new StringBuilder(Heading).Append(CultureInfo.InvariantCulture, $"{file.Version}\n\n").Append(file.Text).ToString();

    private static long? VersionOf(string path)
    {
        if (!File.Exists(path))
            return null;
        using var reader = new StreamReader(path);
        return reader.ReadLine() is { } line && line.StartsWith(Heading, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(Heading.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
    }
}
