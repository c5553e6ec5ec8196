using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Looking;
using RepoPortal.Svn.Paths;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <content>What is in a revision.</content>
public sealed unsafe partial class SvnLookClient
{
    private const int Md5Length = 16;

    /// <summary>The entries of a directory ordered by name, not descending.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a directory.</exception>
    public IReadOnlyList<SvnDirEntry> List(SvnLookOrigin origin, string path, CancellationToken cancellation = default)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        return new DirectoryListing(root).List(path, cancellation);
    }

    /// <summary>Some of the entries of a directory, in the order of the names: for directories of which a page is shown.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or one of the names is not in it.</exception>
    public IReadOnlyList<SvnDirEntry> List(SvnLookOrigin origin, string path, IReadOnlyList<SvnDirName> names, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var root = RevisionRoot.Open(_cache, origin);
        return new DirectoryListing(root).List(path, names, cancellation);
    }

    /// <summary>The names in a directory in no particular order, without what is known of each: a hundredth of the work of <see cref="List(SvnLookOrigin, string, CancellationToken)"/>.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a directory.</exception>
    public IReadOnlyList<SvnDirName> ListNames(SvnLookOrigin origin, string path, CancellationToken cancellation = default)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        return new DirectoryListing(root).ListNames(path, cancellation);
    }

    /// <summary>A file or directory alone; null when nothing is at that path.</summary>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public SvnDirEntry? GetInfo(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        return new DirectoryListing(root).Stat(path);
    }

    /// <summary>What is at a path; <see cref="SvnNodeKind.None"/> when nothing is.</summary>
    /// <exception cref="SvnException">There is no such revision.</exception>
    public SvnNodeKind GetNodeKind(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        int kind;
        Check(SvnFs.svn_fs_check_path(&kind, root.Root, FsPath.Canonicalize(path), root.Pool));
        return (SvnNodeKind)kind;
    }

    /// <summary>Opens a file for reading; the caller disposes the stream.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a file.</exception>
    public SvnFileStream OpenFile(SvnLookOrigin origin, string path)
    {
        var root = RevisionRoot.Open(_cache, origin);
        try
        {
            return new SvnFileStream(root, path);
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    /// <summary>The MD5 of a file's content in lower-case hexadecimal digits, as the repository keeps it: no content is read.</summary>
    /// <exception cref="SvnException">There is no such revision or path, or it is not a file.</exception>
    public string GetMd5(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        svn_checksum_t* checksum;
        // svn_checksum_kind_t: svn_checksum_md5 is the first.
        Check(SvnFs.svn_fs_file_checksum(&checksum, kind: 0, root.Root, FsPath.Canonicalize(path), force: 1, root.Pool));
        return Convert.ToHexStringLower(new ReadOnlySpan<byte>(checksum->digest, Md5Length));
    }

    /// <summary>The versioned properties of a file or directory.</summary>
    /// <exception cref="SvnException">There is no such revision or path.</exception>
    public IReadOnlyDictionary<string, SvnPropertyValue> GetProperties(SvnLookOrigin origin, string path)
    {
        using var root = RevisionRoot.Open(_cache, origin);
        apr_hash_t* table;
        Check(SvnFs.svn_fs_node_proplist(&table, root.Root, FsPath.Canonicalize(path), root.Pool));
        return PropertyTable.Copy(table, root.Pool);
    }
}
