using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Native;
using RepoPortal.StorageNode.Reading;

namespace RepoPortal.StorageNode.Exporting;

/// <summary>Writes an export: beside its name, and under it only when the file is whole and on the disk. What an earlier attempt left is written anew.</summary>
internal sealed class ExportRepository(
    NodeDirectories directories, ExportFiles files, WriteDump dump, WriteArchive archive, MeasureCopy measure, IOptions<StorageNodeOptions> options)
{
    private const string What = "the export could not be made";

    /// <summary>Returns when the file is there.</summary>
    /// <exception cref="StorageException">It could not be made; nothing of the attempt is left.</exception>
    public async Task<ExportResult> RunAsync(ExportJob job, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        try
        {
            if (!Directory.Exists(directories.Copy(job.Copy)))
                throw new CopyNotFoundException($"there is no copy {job.Copy.Generation} of the repository '{job.Copy.Repository}' on this node");
            files.Create();
            // An earlier process may have ended between the file's name and its answer.
            return File.Exists(files.PathOf(job.Export))
                ? await DescribeAsync(files.PathOf(job.Export), cancellationToken)
                : await WriteAsync(job, onProgress, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsOne(exception))
        {
            throw StorageFailure.Of(What, exception);
        }
    }

    private async Task<ExportResult> WriteAsync(ExportJob job, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        var reserve = options.Value.MinimumFreeMegabytes << 20;
        RequireRoom(job, reserve);
        try
        {
            ExportResult result;
            using (var writer = new ExportWriter(files.PartialPathOf(job.Export), reserve))
            {
                await (job.Content.Form == ExportForm.Dump
                    ? dump.RunAsync(job, writer, onProgress, cancellationToken)
                    : archive.RunAsync(job, writer, onProgress, cancellationToken));
                result = writer.Finish();
            }

            files.Complete(job.Export);
            return result;
        }
        finally
        {
            File.Delete(files.PartialPathOf(job.Export));
        }
    }

    // Nobody knows how long a dump gets before it is written: this keeps out what has no chance. The writer looks again as it goes on.
    private void RequireRoom(ExportJob job, long reserve)
    {
        var size = job.Content.First == 0 ? measure.Run(job.Copy).SizeBytes : 0;
        RequireRoom(files.Root, size + reserve);
        if (job.Content.Form == ExportForm.Archive)
            RequireRoom(directories.Temporary, size + reserve);
    }

    private static void RequireRoom(string directory, long bytes)
    {
        var free = new DriveInfo(directory).AvailableFreeSpace;
        if (free < bytes)
            throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"{What}: it needs {bytes >> 20} MiB free on the disk of the storage node, and there are {free >> 20}"));
    }

    private static async Task<ExportResult> DescribeAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return new ExportResult(file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
    }
}
