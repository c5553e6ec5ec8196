using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Httpd;

namespace RepoPortal.StorageNode.Native;

/// <summary>Starts programs for bulk work: behind everybody who waits for an answer, with nothing of our environment, and never longer than this process.</summary>
internal sealed class QuietProcesses : IDisposable
{
    private const string Nice = "/usr/bin/nice";
    private const string IoNice = "/usr/bin/ionice";

    private readonly ChildThread _thread = new();

    /// <summary>Starts a program; its output and errors are to be read.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Its arguments; paths are absolute. No secrets: every user of the machine can read them.</param>
    /// <param name="takesInput">Whether its standard input is written to; otherwise it ends at once.</param>
    /// <param name="environment">What its environment has beyond the path and the locale.</param>
    /// <exception cref="StorageException">It is not installed.</exception>
    public async Task<Process> StartAsync(
        string program, IEnumerable<string> arguments, bool takesInput = false, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] command = ["--pdeathsig", "KILL", "--", Nice, "-n", "10", IoNice, "-c", "2", "-n", "7", program, .. arguments];
        var info = new ProcessStartInfo(HttpdInstallation.SetPriv, command)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        info.Environment.Clear();
        info.Environment["PATH"] = "/usr/bin:/bin";
        info.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in environment ?? ImmutableDictionary<string, string>.Empty)
            info.Environment[name] = value;
        try
        {
            var process = await _thread.StartAsync(info);
            if (!takesInput)
                process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception exception)
        {
            throw new StorageException($"'{program}' could not be started: {exception.Message}", exception);
        }
    }

    public void Dispose() => _thread.Dispose();
}
