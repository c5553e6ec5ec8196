using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Looking;

/// <summary>
/// Works out the digest of what a revision changed: a SHA-256 over one SHA-256 per change, in ascending order. A change is its action, kind, path, copy source,
/// content and properties. Content is read from the disk in full, so libsvn's own checksums are checked on the way.
/// </summary>
/// <remarks>
/// It depends on nothing but content: a copy of the files, a packed repository and one loaded from a dump have the same. Revision properties are not part of it,
/// because they may change. Only one hash per change is held in memory, for revisions of any size.
/// </remarks>
internal sealed unsafe class RevisionDigest(RevisionRoot root, CancellationToken cancellation) : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private const byte Absent = 0;
    private const byte Present = 1;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SvnPool _step = new();
    private readonly byte[] _buffer = new byte[BufferSize];

    public byte[] Compute()
    {
        svn_fs_path_change_iterator_t* iterator;
        Check(SvnFs.svn_fs_paths_changed3(&iterator, root.Root, root.Pool, root.Pool));
        var leaves = new List<byte[]>();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            svn_fs_path_change3_t* change;
            Check(SvnFs.svn_fs_path_change_get(&change, iterator));
            if (change is null) break;
            leaves.Add(Leaf(change));
            _step.Clear();
        }

        leaves.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        foreach (var leaf in leaves) _hash.AppendData(leaf);
        return _hash.GetHashAndReset();
    }

    public void Dispose()
    {
        _step.Dispose();
        _hash.Dispose();
    }

    private byte[] Leaf(svn_fs_path_change3_t* change)
    {
        var action = (SvnChangeAction)change->change_kind;
        var path = Utf8.String(change->path);
        _hash.AppendData([(byte)action]);
        Append(change->path.Bytes);
        if (action == SvnChangeAction.Delete) return _hash.GetHashAndReset();

        int kind;
        Check(SvnFs.svn_fs_check_path(&kind, root.Root, path, _step));
        _hash.AppendData([(byte)kind]);
        AppendCopySource(change, action);
        AppendProperties(path);
        if (kind == (int)SvnNodeKind.File) AppendContent(path);
        return _hash.GetHashAndReset();
    }

    private void AppendCopySource(svn_fs_path_change3_t* change, SvnChangeAction action)
    {
        var revision = change->copyfrom_rev;
        var from = change->copyfrom_path;
        if (change->copyfrom_known == 0 && action is SvnChangeAction.Add or SvnChangeAction.Replace)
            Check(SvnFs.svn_fs_copied_from(&revision, &from, root.Root, change->path.data, _step));
        if (from is null || revision < 0)
        {
            _hash.AppendData([Absent]);
            return;
        }

        _hash.AppendData([Present]);
        AppendNumber(revision);
        Append(Encoding.UTF8.GetBytes(Utf8.String(from)!));
    }

    private void AppendProperties(string path)
    {
        apr_hash_t* table;
        Check(SvnFs.svn_fs_node_proplist(&table, root.Root, path, _step));
        var properties = PropertyTable.Copy(table, _step);
        AppendNumber(properties.Count);
        foreach (var (name, value) in properties.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            Append(Encoding.UTF8.GetBytes(name));
            Append(value.RawValue.Span);
        }
    }

    // The content is the last and the only part without its length in front: the length of a stream is known when it ends.
    private void AppendContent(string path)
    {
        svn_stream_t* stream;
        Check(SvnFs.svn_fs_file_contents(&stream, root.Root, path, _step));
        fixed (byte* buffer = _buffer)
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                nuint length = BufferSize;
                Check(SvnSubr.svn_stream_read_full(stream, buffer, &length));
                _hash.AppendData(_buffer, 0, (int)length);
                if (length < BufferSize) return;
            }
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        AppendNumber(bytes.Length);
        _hash.AppendData(bytes);
    }

    private void AppendNumber(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
