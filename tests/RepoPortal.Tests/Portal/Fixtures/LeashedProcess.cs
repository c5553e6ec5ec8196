using System.Diagnostics;

namespace RepoPortal.Tests.Portal.Fixtures;

/// <summary>A server that a test starts, and that ends with the test process whatever that one dies of: its shell waits for the end of our pipe.</summary>
/// <remarks>The kernel's own way (a signal at the parent's death) follows the thread that started the child, and threads of the pool end at any time.</remarks>
internal sealed class LeashedProcess : IAsyncDisposable
{
    private const string Leash = """signal=$1; shift; "$@" </dev/null & read -r _; kill -s "$signal" $!; wait $!""";

    private readonly Process _shell;

    private LeashedProcess(Process shell) => _shell = shell;

    /// <summary>Starts a program.</summary>
    /// <param name="signal">What makes it stop, such as <c>TERM</c>.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static LeashedProcess Start(string signal, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", Leash, "sh", signal, program, .. arguments])
            start.ArgumentList.Add(argument);
        var shell = Process.Start(start)!;
        shell.ErrorDataReceived += (_, _) => { };
        shell.BeginErrorReadLine();
        return new LeashedProcess(shell);
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}
