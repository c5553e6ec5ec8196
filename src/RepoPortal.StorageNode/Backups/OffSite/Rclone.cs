using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Backups.OffSite;

/// <summary>Runs <c>rclone</c>, which knows some seventy kinds of places and encrypts on the way (its remote "crypt"). Its secrets stay in its own configuration.</summary>
internal sealed class Rclone(QuietProcesses processes, IOptions<OffSiteOptions> options)
{
    private const int ErrorLinesKept = 5;

    /// <summary>Copies what the filter lets through; deletes nothing on the other side.</summary>
    /// <param name="source">The directory.</param>
    /// <param name="target">The path at the remote, below the one that is configured.</param>
    /// <param name="how">rclone's options, filters among them.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="IOException">Not everything was copied.</exception>
    /// <exception cref="StorageException">It is not installed.</exception>
    public async Task CopyAsync(string source, string target, IEnumerable<string> how, CancellationToken cancellationToken)
    {
        using var process = await processes.StartAsync(
            options.Value.Program,
            [
                "copy", source, At(target), "--config", options.Value.ConfigFile, "--ask-password=false", "--retries", "2", "--low-level-retries", "3",
                "--contimeout", "20s", "--log-level", "ERROR", "--create-empty-src-dirs", .. how,
            ]);
        try
        {
            await using var stop = cancellationToken.Register(process.Kill);
            var errors = new List<string>();
            var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (errors.Count < ErrorLinesKept)
                    errors.Add(WithoutTime(line));
            }

            await output;
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
                throw new IOException(errors.Count == 0 ? $"rclone ended with {process.ExitCode}" : string.Join("; ", errors));
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>A path at the remote, below the one that is configured.</summary>
    public string At(string path)
    {
        var remote = options.Value.Remote ?? throw new StorageException("no second place for backups is configured on this node");
        return remote.EndsWith(':') ? remote + path : $"{remote.TrimEnd('/')}/{path}";
    }

    // "2026/11/26 10:00:00 ERROR : …"
    private static string WithoutTime(string line)
    {
        const string Time = "2026/11/26 10:00:00 ";
        const string Level = "ERROR : ";
        var rest = line.Length > Time.Length && line[4] == '/' && line[13] == ':' ? line[Time.Length..] : line;
        return rest.StartsWith(Level, StringComparison.Ordinal) ? rest[Level.Length..] : rest;
    }
}
