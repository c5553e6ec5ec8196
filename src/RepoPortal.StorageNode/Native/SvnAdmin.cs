using System.Diagnostics;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Importing.Dumps;

namespace RepoPortal.StorageNode.Native;

/// <summary>Runs <c>svnadmin</c> for bulk work: in a process of its own, behind everybody who waits for an answer, and never longer than this process.</summary>
internal sealed class SvnAdmin(QuietProcesses processes, IOptions<StorageNodeOptions> options)
{
    private const int ErrorLinesKept = 40;

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">The subcommand and its arguments; paths are absolute.</param>
    /// <param name="onLine">Gets each line of its output.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>The exit code, and what it wrote to standard error.</returns>
    /// <exception cref="StorageException">It is not installed.</exception>
    public async Task<SvnAdminExit> RunAsync(IEnumerable<string> arguments, Action<string> onLine, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(arguments);
        try
        {
            var errors = ReadErrorsAsync(process.StandardError, static _ => false);
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
                onLine(line);
            await process.WaitForExitAsync(cancellationToken);
            return new SvnAdminExit(process.ExitCode, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Runs it to its end while somebody reads what it writes.</summary>
    /// <param name="arguments">The subcommand and its arguments; paths are absolute.</param>
    /// <param name="read">Reads its output to the end.</param>
    /// <param name="isProgress">Gets each line of its standard error; what it takes for progress is no complaint.</param>
    /// <param name="cancellationToken">Kills it, which ends its output.</param>
    /// <returns>The exit code, and what it complained about.</returns>
    /// <exception cref="StorageException">It is not installed.</exception>
    public async Task<SvnAdminExit> RunAsync(IEnumerable<string> arguments, Func<Stream, Task> read, Func<string, bool> isProgress, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(arguments);
        try
        {
            await using var stop = cancellationToken.Register(process.Kill);
            var errors = ReadErrorsAsync(process.StandardError, isProgress);
            await read(process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            return new SvnAdminExit(process.ExitCode, await errors);
        }
        finally
        {
            // Whoever reads may have had enough, because their disk is full.
            process.Kill();
        }
    }

    /// <summary>Runs it to its end on what is written to its standard input.</summary>
    /// <param name="arguments">The subcommand and its arguments; paths are absolute.</param>
    /// <param name="feed">Writes to it, on a thread of its own, and ends the input by returning. When it throws, the input ends all the same, and the exception comes when the process has ended.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="StorageException">It is not installed.</exception>
    public async Task<SvnAdminExit> FeedAsync(IEnumerable<string> arguments, Action<Stream> feed, CancellationToken cancellationToken)
    {
        using var process = await processes.StartAsync(options.Value.SvnAdminProgram, arguments, takesInput: true);
        await using var killed = cancellationToken.Register(process.Kill);
        var errors = ReadErrorsAsync(process.StandardError, static _ => false);
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        try
        {
            await Task.Factory.StartNew(() => Feed(process, feed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            await process.WaitForExitAsync(CancellationToken.None);
            await output;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new SvnAdminExit(process.ExitCode, await errors);
    }

    private static void Feed(Process process, Action<Stream> feed)
    {
        var input = new LoaderInput(process.StandardInput.BaseStream);
        try
        {
            using var buffer = new BufferedStream(input, 64 * 1024);
            feed(buffer);
        }
        catch (LoaderGoneException)
        {
            // Its exit code and its words say why.
        }
        finally
        {
            process.StandardInput.BaseStream.Dispose();
        }
    }

    private Task<Process> StartAsync(IEnumerable<string> arguments) => processes.StartAsync(options.Value.SvnAdminProgram, arguments);

    private static async Task<IReadOnlyList<string>> ReadErrorsAsync(StreamReader reader, Func<string, bool> isProgress)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!isProgress(line) && lines.Count < ErrorLinesKept)
                lines.Add(line);
        }

        return lines;
    }
}

/// <summary>How a run of <c>svnadmin</c> ended.</summary>
/// <param name="Code">0 is success.</param>
/// <param name="Errors">The first lines of its standard error.</param>
internal sealed record SvnAdminExit(int Code, IReadOnlyList<string> Errors)
{
    private const string DiskFull = "E000028";
    private const string DiskReadOnly = "E000030";

    // As shells have it: what could not be run, and what SIGHUP, SIGINT, SIGKILL and SIGTERM end. A damaged repository ends it by other ones, too.
    private static readonly int[] FromOutside = [126, 127, 129, 130, 137, 143];

    /// <summary>Whether there was no room on the disk.</summary>
    public bool IsDiskFull => Errors.Any(line => line.Contains(DiskFull, StringComparison.Ordinal));

    /// <summary>Whether the disk takes nothing at all.</summary>
    public bool IsReadOnly => Errors.Any(line => line.Contains(DiskReadOnly, StringComparison.Ordinal));

    /// <summary>Whether it was ended by somebody or something else, or never ran: then it has found nothing out.</summary>
    public bool WasEnded => FromOutside.Contains(Code);

    /// <summary>What it complained about, in one line.</summary>
    public string Complaint => Errors.Count == 0
        ? $"svnadmin ended with {Code}"
        : string.Join(": ", Errors.Where(line => !line.StartsWith("* ", StringComparison.Ordinal)).Select(line => line.Replace("svnadmin: ", "", StringComparison.Ordinal)));
}
