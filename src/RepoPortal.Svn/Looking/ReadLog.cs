using System.Runtime.InteropServices;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>Reads the log of a path, newest commit first.</summary>
internal static unsafe class ReadLog
{
    public static void Read(RevisionRoot root, string path, SvnLogArgs args, Action<SvnLogEntry> receive, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = Math.Min(args.Start ?? root.Revision, root.Revision);
        var end = Math.Max(args.End, 0);
        if (end > start) return;

        var name = FsPath.Canonicalize(path);
        var located = start == root.Revision ? Apr.apr_pstrdup(root.Pool, name) : Locate(root, name, start);
        if (located is null) return;
        var paths = Apr.apr_array_make(root.Pool, 1, sizeof(byte*));
        *(byte**)Apr.apr_array_push(paths) = located;

        var receiver = new LogReceiver(receive, args.ChangedPathLimit, cancellation);
        var handle = GCHandle.Alloc(receiver);
        try
        {
            var baton = (void*)GCHandle.ToIntPtr(handle);
            var error = SvnRepos.svn_repos_get_logs5(
                root.Repos, paths, (nint)start, (nint)end, args.Limit,
                args.StrictNodeHistory ? 1 : 0, includeMergedRevisions: 0, revisionProperties: null,
                cancellation.CanBeCanceled ? &LogReceiver.OnAuthzRead : null, baton,
                args.ChangedPathLimit > 0 ? &LogReceiver.OnPathChange : null, baton,
                &LogReceiver.OnRevision, baton,
                root.Pool);
            if (error is null) return;
            var exception = Translate(error);
            receiver.Rethrow();
            throw exception;
        }
        finally
        {
            handle.Free();
        }
    }

    /// <summary>Where the node was in an earlier revision, perhaps before it was copied from there; null when it did not exist yet.</summary>
    private static byte* Locate(RevisionRoot root, string path, long revision)
    {
        var revisions = Apr.apr_array_make(root.Pool, 1, sizeof(nint));
        *(nint*)Apr.apr_array_push(revisions) = (nint)revision;
        apr_hash_t* locations;
        Check(SvnRepos.svn_repos_trace_node_locations(
            root.Fs, &locations, path, (nint)root.Revision, revisions, authzRead: null, authzReadBaton: null, root.Pool));
        var key = (nint)revision;
        return (byte*)Apr.apr_hash_get(locations, &key, sizeof(nint));
    }
}
