using RepoPortal.Svn.Errors;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Repositories;

/// <summary>Makes directories in one revision, all of them or none.</summary>
internal static unsafe class LayoutCommit
{
    /// <summary>Returns the new revision.</summary>
    public static long Commit(OpenRepository repository, SvnLayout layout)
    {
        using var pool = new SvnPool();
        svn_fs_txn_t* transaction;
        Check(SvnFs.svn_fs_begin_txn2(&transaction, repository.Fs, (nint)repository.GetYoungest(), flags: 0, pool));
        var committed = false;
        try
        {
            Check(SvnRepos.svn_repos_fs_change_txn_prop(transaction, "svn:author", Utf8.Allocate(layout.Author, pool), pool));
            Check(SvnRepos.svn_repos_fs_change_txn_prop(transaction, "svn:log", Utf8.Allocate(layout.LogMessage, pool), pool));

            svn_fs_root_t* root;
            Check(SvnFs.svn_fs_txn_root(&root, transaction, pool));
            foreach (var directory in layout.Directories) Check(SvnFs.svn_fs_make_dir(root, FsPath.Canonicalize(directory), pool));

            nint revision = -1;
            byte* conflict;
            var error = SvnFs.svn_fs_commit_txn(&conflict, &revision, transaction, pool);
            committed = revision >= 0;
            if (!committed) Check(error);

            // svn_fs.h: a valid number says that the revision is there for good; what failed after that was only bookkeeping.
            if (error is not null) SvnEventSource.Log.Warning(Translate(error).Message);
            return revision;
        }
        finally
        {
            // What went wrong first is what the caller hears.
            if (!committed) SvnSubr.svn_error_clear(SvnFs.svn_fs_abort_txn(transaction, pool));
        }
    }
}
