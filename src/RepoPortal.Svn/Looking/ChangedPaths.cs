using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>Reads what a revision changed.</summary>
internal static unsafe class ChangedPaths
{
    public static SvnChangedPaths Read(RevisionRoot root, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        svn_fs_path_change_iterator_t* iterator;
        Check(SvnFs.svn_fs_paths_changed3(&iterator, root.Root, root.Pool, root.Pool));

        var changes = new Bounded(limit);
        using var step = new SvnPool();
        while (!changes.IsTruncated)
        {
            cancellation.ThrowIfCancellationRequested();
            svn_fs_path_change3_t* change;
            Check(SvnFs.svn_fs_path_change_get(&change, iterator));
            if (change is null) break;
            if (!changes.IsFull && change->copyfrom_known == 0 && change->change_kind is (int)SvnChangeAction.Add or (int)SvnChangeAction.Replace)
            {
                Check(SvnFs.svn_fs_copied_from(&change->copyfrom_rev, &change->copyfrom_path, root.Root, change->path.data, step));
            }

            changes.Add(change);
            step.Clear();
        }

        return changes.ToChangedPaths();
    }

    /// <summary>Hands over one change after the other, as they are stored, and keeps none; ends when <paramref name="receive"/> says false.</summary>
    public static void Visit(RevisionRoot root, Func<SvnChangeItem, bool> receive, CancellationToken cancellation)
    {
        svn_fs_path_change_iterator_t* iterator;
        Check(SvnFs.svn_fs_paths_changed3(&iterator, root.Root, root.Pool, root.Pool));
        using var step = new SvnPool();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            svn_fs_path_change3_t* change;
            Check(SvnFs.svn_fs_path_change_get(&change, iterator));
            if (change is null) return;
            if (change->copyfrom_known == 0 && change->change_kind is (int)SvnChangeAction.Add or (int)SvnChangeAction.Replace)
                Check(SvnFs.svn_fs_copied_from(&change->copyfrom_rev, &change->copyfrom_path, root.Root, change->path.data, step));
            if (!receive(Bounded.Copy(change))) return;
            step.Clear();
        }
    }

    /// <summary>Hands over one path after the other and keeps none.</summary>
    public static void Visit(RevisionRoot root, Action<string> receive, CancellationToken cancellation)
    {
        svn_fs_path_change_iterator_t* iterator;
        Check(SvnFs.svn_fs_paths_changed3(&iterator, root.Root, root.Pool, root.Pool));
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            svn_fs_path_change3_t* change;
            Check(SvnFs.svn_fs_path_change_get(&change, iterator));
            if (change is null) return;
            receive(Utf8.String(change->path));
        }
    }

    /// <summary>Keeps the first changes up to a limit, and whether there were more.</summary>
    internal sealed class Bounded(int limit)
    {
        private List<SvnChangeItem> _items = [];

        public bool IsFull => _items.Count == limit;

        public bool IsTruncated { get; private set; }

        public void Add(svn_fs_path_change3_t* change)
        {
            if (IsFull) IsTruncated = true;
            else _items.Add(Copy(change));
        }

        /// <summary>The changes so far, ordered by path; starts anew.</summary>
        public SvnChangedPaths ToChangedPaths()
        {
            _items.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
            var changed = new SvnChangedPaths(_items, IsTruncated);
            _items = [];
            IsTruncated = false;
            return changed;
        }

        public static SvnChangeItem Copy(svn_fs_path_change3_t* change)
        {
            var copied = change->copyfrom_path is not null && change->copyfrom_rev >= 0;
            return new SvnChangeItem(
                Utf8.String(change->path),
                (SvnChangeAction)change->change_kind,
                (SvnNodeKind)change->node_kind,
                change->text_mod != 0,
                change->prop_mod != 0,
                copied ? Utf8.String(change->copyfrom_path) : null,
                copied ? change->copyfrom_rev : null);
        }
    }
}
