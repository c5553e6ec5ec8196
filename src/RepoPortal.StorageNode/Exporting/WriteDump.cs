using System.Globalization;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Exporting;

/// <summary>Writes what <c>svnadmin dump</c> says of a copy, compressed. Revisions never change, so people commit meanwhile.</summary>
internal sealed class WriteDump(NodeDirectories directories, SvnAdmin svnadmin)
{
    /// <summary>Returns when the last revision is written.</summary>
    /// <exception cref="StorageException">svnadmin could not read the copy.</exception>
    public async Task RunAsync(ExportJob job, Stream output, Action<JobProgress> onProgress, CancellationToken cancellationToken)
    {
        var content = job.Content;
        var revisions = content.Last - content.First + 1;
        var exit = await svnadmin.RunAsync(
            Arguments(content, directories.Copy(job.Copy)),
            dump => QuietThread.RunAsync(() => Copy(dump, output, content.Compression)),
            line =>
            {
                if (Dumped(line) is not { } revision)
                    return false;
                onProgress(new JobProgress("dumping", revision - content.First + 1, revisions));
                return true;
            },
            cancellationToken);
        if (exit.Code != 0)
            throw new StorageException($"the export could not be made: {exit.Complaint}");
    }

    private static IEnumerable<string> Arguments(ExportContent content, string repository)
    {
        yield return "dump";
        yield return "-r";
        yield return string.Create(CultureInfo.InvariantCulture, $"{content.First}:{content.Last}");
        if (content.Incremental)
            yield return "--incremental";
        if (content.Deltas)
            yield return "--deltas";
        yield return repository;
    }

    private static void Copy(Stream dump, Stream output, ExportCompression compression)
    {
        using var compressed = Compressor.Over(output, compression);
        dump.CopyTo(compressed);
    }

    // "* Dumped revision 12."
    private static long? Dumped(string line)
    {
        const string Prefix = "* Dumped revision ";
        return line.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(Prefix.Length).TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : null;
    }
}
