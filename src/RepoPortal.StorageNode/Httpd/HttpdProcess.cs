using System.Diagnostics;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>One running httpd: the process that was started, and the process group of its workers.</summary>
internal sealed class HttpdProcess : IDisposable
{
    /// <summary>How long requests may go on once httpd was told to stop.</summary>
    public static readonly TimeSpan GracefulStop = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task _errors;

    private HttpdProcess(Process process, Action<string> onError)
    {
        _process = process;
        Id = process.Id;
        _errors = ReadAsync(process.StandardError, onError);
    }

    /// <summary>The id of httpd's main process, which is that of its process group too.</summary>
    public int Id { get; }

    /// <summary>Starts httpd so that it ends when this process does, however that happens.</summary>
    /// <param name="thread">Where it is started from.</param>
    /// <param name="program">The httpd program.</param>
    /// <param name="configuration">The configuration file.</param>
    /// <param name="onError">Gets each line of the error log.</param>
    public static async Task<HttpdProcess> StartAsync(ChildThread thread, string program, string configuration, Action<string> onError)
    {
        // A session of its own: neither Ctrl-C in our terminal nor the change of its size (SIGWINCH means "stop" to httpd) reaches it, and its workers
        // can be ended as a group when it was killed itself.
        var info = new ProcessStartInfo(HttpdInstallation.SetSid)
        {
            ArgumentList = { HttpdInstallation.SetPriv, "--pdeathsig", "TERM", "--", program, "-D", "FOREGROUND", "-f", configuration },
            UseShellExecute = false,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        info.Environment.Clear();
        info.Environment["PATH"] = "/usr/bin:/bin";
        return new HttpdProcess(await thread.StartAsync(info), onError);
    }

    /// <summary>Waits for the end of the main process.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Has the workers replaced by new ones that start with empty caches; requests under way are finished first.</summary>
    public void RestartGracefully() => Libc.Signal(Id, Libc.SigUsr1);

    /// <summary>Lets requests under way finish, then ends everything.</summary>
    public async Task StopAsync(TimeProvider time)
    {
        Libc.Signal(Id, Libc.SigWinch);
        using var patience = new CancellationTokenSource(GracefulStop + TimeSpan.FromSeconds(2), time);
        await WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        EndGroup();
    }

    /// <summary>Ends what is left of it, at once: workers outlive a main process that was killed, and keep the port.</summary>
    public void EndGroup() => Libc.Signal(-Id, Libc.SigKill);

    /// <summary>Returns when the last line of the error log was handed out.</summary>
    public Task ErrorsReadAsync() => _errors;

    public void Dispose() => _process.Dispose();

    private static async Task ReadAsync(StreamReader errors, Action<string> onError)
    {
        while (await errors.ReadLineAsync() is { } line)
            onError(line);
    }
}
