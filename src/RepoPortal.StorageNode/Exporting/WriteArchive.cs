using System.Formats.Tar;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Backups;
using RepoPortal.StorageNode.Copying;
using RepoPortal.StorageNode.Digests;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Exporting;

/// <summary>Writes a copy's files as of a revision into a tar archive, compressed; by way of a copy in <c>tmp/</c>, which is consistent while people commit.</summary>
internal sealed class WriteArchive(NodeDirectories directories, VerifyRepository verify)
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Returns when the archive is written.</summary>
    /// <exception cref="StorageException">The copy cannot be copied as of that revision, or is damaged.</exception>
    public async Task RunAsync(ExportJob job, Stream output, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        var last = job.Content.Last;
        var scratch = RestoreBackup.ScratchPath(directories, job.Copy);
        try
        {
            await new RepositoryFiles(directories.Copy(job.Copy)).CopyUpToAsync(
                scratch, last, revision => onProgress(new JobProgress("copying", revision, last)), cancellationToken);
            if (await verify.FindDamageAsync(scratch, kept: null, last, onProgress, cancellationToken) is { } damage)
                throw new StorageException($"the export could not be made: {damage}");
            // Digests are what this node remembers of the original; they are no part of the repository.
            if (Directory.Exists(DigestFile.DirectoryIn(scratch)))
                Directory.Delete(DigestFile.DirectoryIn(scratch), recursive: true);
            onProgress(new JobProgress("archiving"));
            await QuietThread.RunAsync(() => Pack(scratch, job.Name.Value, output, job.Content.Compression, cancellationToken));
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }

    // Names, dates and contents only: users and modes of this machine mean nothing elsewhere.
    private static void Pack(string source, string name, Stream output, ExportCompression compression, CancellationToken cancellationToken)
    {
        using var compressed = Compressor.Over(output, compression);
        using var tar = new TarWriter(compressed, TarEntryFormat.Pax);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, name + "/") { Mode = DirectoryMode });
        foreach (var entry in new DirectoryInfo(source).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = $"{name}/{Path.GetRelativePath(source, entry.FullName)}";
            if (entry is DirectoryInfo)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, path + "/") { Mode = DirectoryMode });
                continue;
            }

            using var content = File.OpenRead(entry.FullName);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = FileMode, ModificationTime = new DateTimeOffset(entry.LastWriteTimeUtc), DataStream = content });
        }
    }
}
