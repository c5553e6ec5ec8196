using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>Walks back through the revisions in which a node was changed, also through copies.</summary>
internal static unsafe class NodeHistory
{
    /// <summary>Hands over one place after the other, the youngest first; ends when <paramref name="receive"/> says false.</summary>
    public static void Visit(RevisionRoot root, string path, Func<SvnNodeLocation, bool> receive, CancellationToken cancellation)
    {
        using var scratch = new SvnPool();
        // A step is made out of the one before it: two pools take turns, so that a walk of any length needs no more memory.
        using var one = new SvnPool();
        using var two = new SvnPool();
        var (present, next) = (one, two);
        svn_fs_history_t* history;
        Check(SvnFs.svn_fs_node_history2(&history, root.Root, FsPath.Canonicalize(path), present, scratch));
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Check(SvnFs.svn_fs_history_prev2(&history, history, crossCopies: 1, next, scratch));
            if (history is null) return;
            present.Clear();
            (present, next) = (next, present);

            byte* place;
            nint revision;
            Check(SvnFs.svn_fs_history_location(&place, &revision, history, scratch));
            if (!receive(new SvnNodeLocation(Utf8.String(place)!, revision))) return;
            scratch.Clear();
        }
    }

    /// <summary>The last copy that brought a path to where it is; null when there was none.</summary>
    public static SvnCopy? ClosestCopy(RevisionRoot root, string path)
    {
        svn_fs_root_t* copyRoot;
        byte* copyPath;
        Check(SvnFs.svn_fs_closest_copy(&copyRoot, &copyPath, root.Root, FsPath.Canonicalize(path), root.Pool));
        if (copyRoot is null) return null;
        nint fromRevision;
        byte* fromPath;
        Check(SvnFs.svn_fs_copied_from(&fromRevision, &fromPath, copyRoot, copyPath, root.Pool));
        return fromPath is null
            ? null
            : new SvnCopy(
                new SvnNodeLocation(Utf8.String(copyPath)!, SvnFs.svn_fs_revision_root_revision(copyRoot)), new SvnNodeLocation(Utf8.String(fromPath)!, fromRevision));
    }
}
