using System.Diagnostics;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>A git repository on this machine, read by <c>git</c> itself in low-priority children.</summary>
/// <remarks>
/// Its own configuration is read by git, whoever wrote it; hence only subcommands that read objects and references are run, without hooks, filters, pagers or the
/// index. Objects that a partial clone lacks are not fetched, because a transport may be any program.
/// </remarks>
internal sealed class GitDirectory
{
    private const string Program = "/usr/bin/git";

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["HOME"] = "/nonexistent",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_NO_LAZY_FETCH"] = "1",
        ["GIT_ALLOW_PROTOCOL"] = "none",
        ["GIT_NO_REPLACE_OBJECTS"] = "1",
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };

    private readonly QuietProcesses _processes;
    private readonly string _directory;

    /// <param name="path">A bare repository, or a work tree with its repository in <c>.git</c>.</param>
    /// <param name="processes">What starts git.</param>
    /// <exception cref="StorageException">There is none, or there is no git.</exception>
    public GitDirectory(string path, QuietProcesses processes)
    {
        if (!Directory.Exists(path))
            throw new StorageException($"'{path}' is no directory, or the server's user may not enter it");
        if (!File.Exists(Program))
            throw new StorageException($"'{Program}' is not there; install the package 'git' on the storage node's machine");
        var within = Path.Combine(path, ".git");
        (_directory, _processes) = (Path.Exists(within) ? within : path, processes);
    }

    /// <summary>Whether the history is cut off somewhere, as a shallow clone's is.</summary>
    public bool IsShallow => File.Exists(Path.Combine(_directory, "shallow"));

    /// <summary>Starts a subcommand.</summary>
    /// <param name="takesInput">Whether its standard input is written to.</param>
    /// <param name="arguments">The subcommand and its arguments.</param>
    public Task<Process> StartAsync(bool takesInput, params string[] arguments) => _processes.StartAsync(
        Program,
        ["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never", "--no-pager", "--git-dir", _directory, .. arguments],
        takesInput,
        Environment);

    /// <summary>Runs a subcommand to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="StorageException">It failed.</exception>
    public Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(output => output.ReadToEndAsync(CancellationToken.None), cancellationToken, arguments);

    /// <summary>Runs a subcommand to its end while somebody reads what it writes.</summary>
    /// <param name="read">Reads its output to the end.</param>
    /// <param name="cancellationToken">Kills it, which ends its output.</param>
    /// <param name="arguments">The subcommand and its arguments.</param>
    /// <exception cref="StorageException">It failed.</exception>
    public async Task<T> RunAsync<T>(Func<StreamReader, Task<T>> read, CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = await StartAsync(takesInput: false, arguments);
        await using var killed = cancellationToken.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await read(process.StandardOutput);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0 ? output : throw new StorageException($"git cannot read the repository: {OneLine(await errors)}");
    }

    private static string OneLine(string errors) => string.Join(": ", errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
