using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RepoPortal.StorageNode.Native;

/// <summary>The few calls of the C library that .NET has no word for: signals to process groups, and directory entries that survive a power cut.</summary>
internal static partial class Libc
{
    internal const int SigKill = 9;
    internal const int SigUsr1 = 10;
    internal const int SigTerm = 15;
    internal const int SigWinch = 28;

    private const int NoSuchProcess = 3;
    private const int ReadOnly = 0;

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
    internal static void Sync(string path)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
            throw LastError($"cannot open '{path}'");
        try
        {
            if (SyncNative(descriptor) != 0)
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

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameNative(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncNative(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
