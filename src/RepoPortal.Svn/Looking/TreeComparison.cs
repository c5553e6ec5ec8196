using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Paths;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>Walks two trees and tells where they differ. What has the same node id is the same, with everything below it, and is not looked at.</summary>
/// <param name="from">The root of the first tree's revision.</param>
/// <param name="to">The root of the second tree's revision, of the same open repository.</param>
/// <param name="maySee">What is not to be seen is not there.</param>
/// <param name="receive">Receives one difference after the other, by path, parents first; says false to end.</param>
/// <param name="cancellation">Stops a long reading.</param>
internal sealed unsafe class TreeComparison(
    svn_fs_root_t* from, svn_fs_root_t* to, Func<string, bool> maySee, Func<SvnTreeDifference, bool> receive, CancellationToken cancellation)
{
    private readonly svn_fs_root_t* _from = from;
    private readonly svn_fs_root_t* _to = to;

    public void Run(string fromPath, string toPath)
    {
        using var pool = new SvnPool();
        Compare("", Find(_from, FsPath.Canonicalize(fromPath), pool), Find(_to, FsPath.Canonicalize(toPath), pool));
    }

    /// <summary>False when nobody wants to know more.</summary>
    private bool Compare(string path, Node? a, Node? b)
    {
        cancellation.ThrowIfCancellationRequested();
        if (a is null && b is null) return true;
        if (a is not null && b is not null && SvnFs.svn_fs_compare_ids((void*)a.Id, (void*)b.Id) == 0) return true;

        using var pool = new SvnPool();
        // One kind replaced by the other is a removal and an addition.
        if (a is not null && b is not null && a.Kind != b.Kind) return Compare(path, a, null) && Compare(path, null, b);
        if (!Tell(path, a, b, pool)) return false;
        var before = Entries(_from, a, pool);
        var after = Entries(_to, b, pool);
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!Compare(path.Length == 0 ? name : $"{path}/{name}", before.GetValueOrDefault(name), after.GetValueOrDefault(name))) return false;
        }

        return true;
    }

    private bool Tell(string path, Node? a, Node? b, SvnPool pool)
    {
        var content = 0;
        var properties = 0;
        if (a is not null && b is not null)
        {
            if (a.Kind == SvnNodeKind.File) Check(SvnFs.svn_fs_contents_different(&content, _from, a.Path, _to, b.Path, pool));
            Check(SvnFs.svn_fs_props_different(&properties, _from, a.Path, _to, b.Path, pool));
            if (content == 0 && properties == 0) return true;
        }

        return receive(new SvnTreeDifference(path, a?.Kind ?? SvnNodeKind.None, b?.Kind ?? SvnNodeKind.None, content != 0, properties != 0));
    }

    private Node? Find(svn_fs_root_t* root, string path, SvnPool pool)
    {
        int kind;
        Check(SvnFs.svn_fs_check_path(&kind, root, path, pool));
        if (kind == (int)SvnNodeKind.None || !maySee(path)) return null;
        void* id;
        Check(SvnFs.svn_fs_node_id(&id, root, path, pool));
        return new Node(path, (SvnNodeKind)kind, (nint)id);
    }

    private Dictionary<string, Node> Entries(svn_fs_root_t* root, Node? node, SvnPool pool)
    {
        var found = new Dictionary<string, Node>(StringComparer.Ordinal);
        if (node is not { Kind: SvnNodeKind.Directory }) return found;
        apr_hash_t* entries;
        Check(SvnFs.svn_fs_dir_entries(&entries, root, node.Path, pool));
        for (var index = Apr.apr_hash_first(pool, entries); index is not null; index = Apr.apr_hash_next(index))
        {
            svn_fs_dirent_t* entry;
            Apr.apr_hash_this(index, null, null, (void**)&entry);
            var name = Utf8.String(entry->name)!;
            var path = node.Path == "/" ? $"/{name}" : $"{node.Path}/{name}";
            if (maySee(path)) found[name] = new Node(path, (SvnNodeKind)entry->kind, (nint)entry->id);
        }

        return found;
    }

    /// <summary>A node of one tree; its id lives in the pool of the directory above it.</summary>
    private sealed record Node(string Path, SvnNodeKind Kind, nint Id);
}
