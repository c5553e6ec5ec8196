using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RepoPortal.StorageNode.Native;

/// <summary>The few calls of the C library that .NET has no word for: signals to process groups, and directory entries that survive a power cut.</summary>
internal static class Libc
{
    internal const int SigKill = 9;
    internal const int SigUsr1 = 10;
    internal const int SigWinch = 28;

    private const int NoSuchProcess = 3;
    private const int ReadOnly = 0;
    private const int PriorityOfProcess = 0;
    private const int WriteOk = 2;

    /// <summary>Sends a signal; false when there is no such process (any more). A negative id addresses the process group.</summary>
    internal static bool Signal(int processId, int signal) =>
        Kill(processId, signal) == 0 || (Marshal.GetLastPInvokeError() == NoSuchProcess ? false : throw LastError($"cannot signal process {processId}"));

    /// <summary>rename(2) as it is: replaces a file or a link in one step, and takes a link for a link, which <see cref="File.Move(string, string, bool)"/> does not.</summary>
    internal static void Rename(string from, string to)
    {
        if (RenameNative(from, to) != 0)
            throw LastError($"cannot rename '{from}' to '{to}'");
    }

    /// <summary>Waits until a file's content, or a directory's entries, are on the disk itself.</summary>
    internal static void Sync(string path) => WithDescriptor(path, SyncNative);

    /// <summary>Waits until everything written to the file system that holds <paramref name="path"/> is on the disk itself.</summary>
    internal static void SyncFileSystem(string path) => WithDescriptor(path, SyncFileSystemNative);

    /// <summary>Lets everybody else's work go before that of the calling thread, for the rest of its life; as <c>nice -n 10</c> does for a process.</summary>
    internal static void BeNice()
    {
        // Linux counts niceness per thread, and takes 0 for the one that asks.
        if (SetPriority(PriorityOfProcess, 0, 10) != 0)
            throw LastError("cannot lower the priority of a thread");
    }

    /// <summary>Whether this process may write a file, or in a directory.</summary>
    internal static bool MayWrite(string path) => Access(path, WriteOk) == 0;

    private static void WithDescriptor(string path, Func<int, int> sync)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
            throw LastError($"cannot open '{path}'");
        try
        {
            if (sync(descriptor) != 0)
                throw LastError($"cannot write '{path}' to the disk");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException LastError(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {new Win32Exception(error).Message}", error);
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "rename", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int RenameNative([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "access", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int SyncNative(int descriptor);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static extern int SyncFileSystemNative(int descriptor);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static extern int SetPriority(int which, int who, int priority);
}
