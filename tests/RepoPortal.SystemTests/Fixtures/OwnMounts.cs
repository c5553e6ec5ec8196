using System.ComponentModel;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>
/// Runs a test in a process that may mount file systems of its own, which every user may in a name space of their own: nobody else sees them, and they go with
/// the process. So a disk can really be full, read-only or away.
/// </summary>
internal static partial class OwnMounts
{
    private const ulong ReadOnly = 1;
    private const ulong Again = 32;
    private const ulong Bound = 4096;
    private const int Detached = 2;

    // As the same user, because the server and httpd refuse root.
    private static readonly string[] Confined = ["--user", "--map-current-user", "--keep-caps", "--mount", "--"];

    /// <summary>Runs an explicit test there, alone; skips the calling one where the machine does not allow it.</summary>
    public static async Task RunAsync(Type type, string method)
    {
        using var scratch = new Scratch();
        var possible = await UnshareAsync("mount", "-t", "tmpfs", "tmpfs", scratch.Path);
        Assert.SkipUnless(possible.IsSuccess, $"This machine lets no user mount a file system of their own: {possible.StandardError}");
        var result = await UnshareAsync(
            Path.ChangeExtension(type.Assembly.Location, null), "--explicit", "only", "--filter-method", $"{type.FullName}.{method}", "--results-directory", scratch["results"], "--no-ansi", "--progress", "off");
        Assert.True(result.IsSuccess, result.StandardOutput + result.StandardError);
    }

    /// <summary>Mounts a disk of some megabytes on a directory.</summary>
    public static void Mount(string directory, int megabytes) => Require(MountNative("tmpfs", directory, "tmpfs", 0, $"size={megabytes}m,mode=0700"), directory);

    /// <summary>Makes a disk larger or smaller, and writable or not.</summary>
    public static void Change(string directory, int megabytes, bool readOnly = false) =>
        Require(MountNative("tmpfs", directory, "tmpfs", Again | (readOnly ? ReadOnly : 0), $"size={megabytes}m"), directory);

    /// <summary>Mounts the same disk in a second place, where it outlives the first.</summary>
    public static void Keep(string directory, string place) => Require(MountNative(directory, place, "none", Bound, null), place);

    /// <summary>Takes a disk away, whoever is using it.</summary>
    public static void TakeAway(string directory) => Require(UnmountNative(directory, Detached), directory);

    /// <summary>Takes disks away at the end, so that the directories they are mounted on can be removed.</summary>
    public static IDisposable Until(params string[] directories) => new Mounted(directories);

    /// <summary>Fills a disk to the last byte; deleting the file makes room again.</summary>
    public static string Fill(string directory)
    {
        var ballast = Path.Combine(directory, "ballast");
        using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var piece = new byte[4096];
        try
        {
            while (true)
                file.Write(piece);
        }
        catch (IOException)
        {
            return ballast;
        }
    }

    private sealed class Mounted(string[] directories) : IDisposable
    {
        public void Dispose()
        {
            // Whether or not something is mounted there still.
            foreach (var directory in directories)
                _ = UnmountNative(directory, Detached);
        }
    }

    private static async Task<BufferedCommandResult> UnshareAsync(params string[] command) =>
        await Cli.Wrap("unshare").WithArguments([.. Confined, .. command]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    private static void Require(int result, string directory)
    {
        if (result != 0)
            throw new IOException($"'{directory}'", new Win32Exception());
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MountNative(string source, string target, string type, ulong flags, string? data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnmountNative(string target, int flags);
}
