using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>Who made a revision, and when.</summary>
internal readonly record struct Commit(string? Author, DateTimeOffset? Time)
{
    public static unsafe Commit Read(svn_fs_t* fs, long revision, SvnPool pool)
    {
        apr_hash_t* table;
        Check(SvnFs.svn_fs_revision_proplist2(&table, fs, (nint)revision, refresh: 0, pool, pool));
        return Read(table);
    }

    public static unsafe Commit Read(apr_hash_t* table) =>
        new(PropertyTable.Text(table, "svn:author"u8), SvnDate.Parse(PropertyTable.Text(table, "svn:date"u8)));
}
