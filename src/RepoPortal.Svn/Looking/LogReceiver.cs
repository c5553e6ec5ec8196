using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using RepoPortal.Svn.Interop;

namespace RepoPortal.Svn.Looking;

/// <summary>
/// Receives a log from C. Exceptions must not cross frames of C: they are kept here, C gets an error that ends its loop, and <see cref="Rethrow"/> continues them.
/// </summary>
internal sealed unsafe class LogReceiver(Action<SvnLogEntry> receive, int changedPathLimit, CancellationToken cancellation)
{
    private readonly ChangedPaths.Bounded _changes = new(changedPathLimit);
    private ExceptionDispatchInfo? _thrown;

    /// <summary>Continues what was thrown while C was calling.</summary>
    public void Rethrow() => _thrown?.Throw();

    /// <summary>Allows every path; it is here because libsvn asks it at every step of a history, which makes long walks cancellable.</summary>
    [UnmanagedCallersOnly]
    public static svn_error_t* OnAuthzRead(int* allowed, svn_fs_root_t* root, byte* path, void* baton, apr_pool_t* pool)
    {
        *allowed = 1;
        return From(baton).Guard(static (_, _) => { }, null);
    }

    [UnmanagedCallersOnly]
    public static svn_error_t* OnPathChange(void* baton, svn_fs_path_change3_t* change, apr_pool_t* pool) =>
        From(baton).Guard(static (self, change) => self._changes.Add((svn_fs_path_change3_t*)change), change);

    [UnmanagedCallersOnly]
    public static svn_error_t* OnRevision(void* baton, svn_repos_log_entry_t* entry, apr_pool_t* pool) =>
        From(baton).Guard(static (self, entry) => self.Receive((svn_repos_log_entry_t*)entry), entry);

    private static LogReceiver From(void* baton) => (LogReceiver)GCHandle.FromIntPtr((nint)baton).Target!;

    private void Receive(svn_repos_log_entry_t* entry)
    {
        var commit = Commit.Read(entry->revprops);
        receive(new SvnLogEntry(
            entry->revision,
            commit.Author,
            commit.Time,
            PropertyTable.Text(entry->revprops, "svn:log"u8) ?? "",
            changedPathLimit > 0 ? _changes.ToChangedPaths() : null));
    }

    private svn_error_t* Guard(Step step, void* native)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            step(this, native);
            return null;
        }
        catch (Exception thrown)
        {
            _thrown = ExceptionDispatchInfo.Capture(thrown);
            return SvnSubr.svn_error_create((int)SvnErrorCode.Cancelled, null, "stopped by the caller");
        }
    }

    private delegate void Step(LogReceiver self, void* native);
}
