using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>Who made a revision, when, and what they said of it.</summary>
internal readonly record struct Commit(string? Author, DateTimeOffset? Time, string? Message)
{
    /// <param name="fs">The filesystem.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="refresh">Whether to forget the properties of all revisions that were read through this filesystem before: they may have been changed since.</param>
    /// <param name="pool">Owns what is read.</param>
    public static unsafe Commit Read(svn_fs_t* fs, long revision, bool refresh, SvnPool pool)
    {
        apr_hash_t* table;
        Check(SvnFs.svn_fs_revision_proplist2(&table, fs, (nint)revision, refresh ? 1 : 0, pool, pool));
        return Read(table);
    }

    public static unsafe Commit Read(apr_hash_t* table) =>
        new(PropertyTable.Text(table, "svn:author"u8), SvnDate.Parse(PropertyTable.Text(table, "svn:date"u8)), PropertyTable.Text(table, "svn:log"u8));
}
