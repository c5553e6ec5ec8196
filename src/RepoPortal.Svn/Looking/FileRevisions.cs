using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>
/// Collects the revisions of a file together with those that were merged into it, in the order in which <c>svn blame -g</c> takes them. Exceptions must not cross frames
/// of C: they are kept here, C gets an error that ends its work, and they are continued afterwards.
/// </summary>
internal sealed unsafe class FileRevisions(Func<string, bool> maySee, Func<bool> isOver, CancellationToken cancellation)
{
    private readonly List<SvnFileRevision> _revisions = [];
    private ExceptionDispatchInfo? _thrown;
    private bool _isGivenUp;

    /// <summary>The oldest first; null when it was given up before all were known.</summary>
    public IReadOnlyList<SvnFileRevision>? Read(RevisionRoot root, string path)
    {
        var handle = GCHandle.Alloc(this);
        try
        {
            var baton = (void*)GCHandle.ToIntPtr(handle);
            var error = SvnRepos.svn_repos_get_file_revs2(
                root.Repos, FsPath.Canonicalize(path), start: 0, (nint)root.Revision, includeMergedRevisions: 1, &OnAuthzRead, baton, &OnRevision, baton, root.Pool);
            if (error is null) return _revisions;
            var exception = Translate(error);
            _thrown?.Throw();
            return _isGivenUp ? null : throw exception;
        }
        finally
        {
            handle.Free();
        }
    }

    // libsvn asks it at every step of every history that it follows.
    [UnmanagedCallersOnly]
    private static svn_error_t* OnAuthzRead(int* allowed, svn_fs_root_t* root, byte* path, void* baton, apr_pool_t* pool)
    {
        var self = From(baton);
        try
        {
            self.GoOn();
            *allowed = self._isGivenUp || !self.MaySee(path) ? 0 : 1;
            return self._isGivenUp ? Stop() : null;
        }
        catch (Exception thrown)
        {
            return self.Keep(thrown);
        }
    }

    [UnmanagedCallersOnly]
    private static svn_error_t* OnRevision(
        void* baton, byte* path, nint revision, apr_hash_t* revisionProperties, int isMerged, void* windowHandler, void* windowBaton, apr_array_header_t* propertyChanges, apr_pool_t* pool)
    {
        // No handler for the changes of the content is set, so none are computed.
        var self = From(baton);
        try
        {
            self.GoOn();
            self._revisions.Add(new SvnFileRevision(Utf8.String(path)!, revision, isMerged != 0));
            return self._isGivenUp ? Stop() : null;
        }
        catch (Exception thrown)
        {
            return self.Keep(thrown);
        }
    }

    private static FileRevisions From(void* baton) => (FileRevisions)GCHandle.FromIntPtr((nint)baton).Target!;

    private static svn_error_t* Stop() => SvnSubr.svn_error_create((int)SvnErrorCode.Cancelled, null, "stopped by the caller");

    private void GoOn()
    {
        cancellation.ThrowIfCancellationRequested();
        _isGivenUp |= isOver();
    }

    private bool MaySee(byte* path) => maySee(Utf8.String(path)!);

    private svn_error_t* Keep(Exception thrown)
    {
        _thrown = ExceptionDispatchInfo.Capture(thrown);
        return Stop();
    }
}
