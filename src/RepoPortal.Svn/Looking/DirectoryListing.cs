using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>Reads the entries of a directory, or one entry alone, with the commits that last changed them.</summary>
/// <remarks>Neighbours often come from the same commit: each one's revision properties are read once.</remarks>
internal sealed unsafe class DirectoryListing(RevisionRoot root)
{
    private readonly Dictionary<long, Commit> _commits = [];

    /// <summary>The entries ordered by name.</summary>
    public IReadOnlyList<SvnDirEntry> List(string path, CancellationToken cancellation)
    {
        var directory = FsPath.Canonicalize(path);
        apr_hash_t* entries;
        Check(SvnFs.svn_fs_dir_entries(&entries, root.Root, directory, root.Pool));

        var relative = Apr.apr_pstrdup(root.Pool, directory[1..]);
        var listed = new List<SvnDirEntry>((int)Apr.apr_hash_count(entries));
        using var step = new SvnPool();
        for (var index = Apr.apr_hash_first(root.Pool, entries); index is not null; index = Apr.apr_hash_next(index))
        {
            cancellation.ThrowIfCancellationRequested();
            svn_fs_dirent_t* entry;
            Apr.apr_hash_this(index, null, null, (void**)&entry);
            listed.Add(Read(Utf8.String(entry->name)!, SvnSubr.svn_relpath_join(relative, entry->name, step), (SvnNodeKind)entry->kind, step));
            step.Clear();
        }

        listed.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return listed;
    }

    /// <summary>What is known of some of its entries, in the order of the names.</summary>
    public IReadOnlyList<SvnDirEntry> List(string path, IReadOnlyList<SvnDirName> names, CancellationToken cancellation)
    {
        var prefix = FsPath.Canonicalize(path).TrimEnd('/') + '/';
        var listed = new List<SvnDirEntry>(names.Count);
        using var step = new SvnPool();
        foreach (var (name, kind) in names)
        {
            cancellation.ThrowIfCancellationRequested();
            listed.Add(Read(name, Apr.apr_pstrdup(step, prefix + name), kind, step));
            step.Clear();
        }

        return listed;
    }

    /// <summary>Its names, in the order in which libsvn keeps them.</summary>
    public IReadOnlyList<SvnDirName> ListNames(string path, CancellationToken cancellation)
    {
        apr_hash_t* entries;
        Check(SvnFs.svn_fs_dir_entries(&entries, root.Root, FsPath.Canonicalize(path), root.Pool));
        var names = new List<SvnDirName>((int)Apr.apr_hash_count(entries));
        for (var index = Apr.apr_hash_first(root.Pool, entries); index is not null; index = Apr.apr_hash_next(index))
        {
            cancellation.ThrowIfCancellationRequested();
            svn_fs_dirent_t* entry;
            Apr.apr_hash_this(index, null, null, (void**)&entry);
            names.Add(new SvnDirName(Utf8.String(entry->name)!, (SvnNodeKind)entry->kind));
        }

        return names;
    }

    /// <summary>One path; null when nothing is there.</summary>
    public SvnDirEntry? Stat(string path)
    {
        var node = FsPath.Canonicalize(path);
        int kind;
        Check(SvnFs.svn_fs_check_path(&kind, root.Root, node, root.Pool));
        return kind == (int)SvnNodeKind.None
            ? null
            : Read(node[(node.LastIndexOf('/') + 1)..], Apr.apr_pstrdup(root.Pool, node), (SvnNodeKind)kind, root.Pool);
    }

    private SvnDirEntry Read(string name, byte* path, SvnNodeKind kind, SvnPool pool)
    {
        nint revision;
        Check(SvnFs.svn_fs_node_created_rev(&revision, root.Root, path, pool));
        int hasProperties;
        Check(SvnFs.svn_fs_node_has_props(&hasProperties, root.Root, path, pool));
        long length = 0;
        if (kind == SvnNodeKind.File) Check(SvnFs.svn_fs_file_length(&length, root.Root, path, pool));
        if (!_commits.TryGetValue(revision, out var commit)) _commits[revision] = commit = Commit.Read(root.Fs, revision, refresh: _commits.Count == 0, pool);
        return new SvnDirEntry(name, kind, kind == SvnNodeKind.File ? length : null, hasProperties != 0, revision, commit.Author, commit.Time, commit.Message);
    }
}
