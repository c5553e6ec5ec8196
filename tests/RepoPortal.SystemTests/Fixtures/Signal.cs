using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>Signals to processes that the tests started.</summary>
internal static partial class Signal
{
    public const int Terminate = 15;
    public const int Kill = 9;
    public const int Continue = 18;

    public static void Send(int processId, int signal)
    {
        if (SendSignal(processId, signal) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
