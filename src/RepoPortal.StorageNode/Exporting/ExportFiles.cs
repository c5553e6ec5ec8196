using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Exporting;

/// <summary>
/// The files of exports: <c>exports/{id}</c>, and <c>exports/{id}.partial</c> while one is written. The node keeps them until it is told to remove them; whose
/// they are and for how long is the record's business.
/// </summary>
internal sealed class ExportFiles(NodeDirectories directories, IOptions<StorageNodeOptions> options)
{
    private const string PartialSuffix = ".partial";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where they lie.</summary>
    public string Root => Path.GetFullPath(options.Value.ExportDirectory ?? Path.Combine(directories.Root, "exports"));

    /// <summary>Where a whole file lies.</summary>
    public string PathOf(Guid export) => Path.Combine(Root, export.ToString("n"));

    /// <summary>Where a file is written.</summary>
    public string PartialPathOf(Guid export) => PathOf(export) + PartialSuffix;

    /// <summary>Makes the directory, readable by nobody else: what lies in it has no path rules.</summary>
    public void Create() => Directory.CreateDirectory(Root, OwnerOnly);

    /// <summary>Gives a file that was written its name, on the disk itself.</summary>
    public void Complete(Guid export)
    {
        Libc.Rename(PartialPathOf(export), PathOf(export));
        Libc.Sync(Root);
    }

    /// <summary>A piece of a whole file; null when there is none.</summary>
    public ExportPiece? Read(Guid export, long offset)
    {
        try
        {
            using var file = File.OpenHandle(PathOf(export));
            var length = RandomAccess.GetLength(file);
            var bytes = new byte[Math.Clamp(length - offset, 0, ExportPiece.MostBytes)];
            return RandomAccess.Read(file, bytes, offset) == bytes.Length
                ? new ExportPiece(bytes, length)
                : throw new StorageException("the file of the export ends before its end");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of("the export cannot be read", exception);
        }
    }

    /// <summary>The exports of which there is a file, whole or not.</summary>
    public ImmutableArray<Guid> List() => Directory.Exists(Root)
        ? [.. Directory.EnumerateFiles(Root).Select(Path.GetFileNameWithoutExtension).Where(name => Guid.TryParseExact(name, "n", out _)).Select(name => Guid.ParseExact(name!, "n")).Distinct()]
        : [];

    /// <summary>Removes what there is of a file.</summary>
    public void Remove(Guid export)
    {
        try
        {
            // A directory that was never made has no files.
            foreach (var path in ((string[])[PathOf(export), PartialPathOf(export)]).Where(File.Exists))
                File.Delete(path);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of("the export cannot be removed", exception);
        }
    }
}
