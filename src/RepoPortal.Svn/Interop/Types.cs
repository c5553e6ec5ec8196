#pragma warning disable CA1815, CA1823, CS0169, CS0649, IDE1006 // C layouts: fields are written by C and named as in C.
using System.Runtime.InteropServices;

namespace RepoPortal.Svn.Interop;

// Opaque C types: only pointers to them are passed, and the type keeps one kind of pointer from being taken for another.
internal struct apr_pool_t;
internal struct apr_allocator_t;
internal struct apr_hash_t;
internal struct apr_hash_index_t;
internal struct svn_fs_t;
internal struct svn_fs_root_t;
internal struct svn_fs_txn_t;
internal struct svn_fs_path_change_iterator_t;
internal struct svn_repos_t;
internal struct svn_stream_t;
internal struct svn_authz_t;
internal struct svn_diff_t;
internal struct svn_fs_history_t;
internal struct svn_fs_access_t;

/// <summary>apr_tables.h: a growing C array.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct apr_array_header_t
{
    public apr_pool_t* pool;
    public int elt_size;
    public int nelts;
    public int nalloc;
    public byte* elts;
}

/// <summary>svn_types.h: one link of an error chain; the whole chain lives in one pool and is freed by one svn_error_clear.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_error_t
{
    public int apr_err;
    public byte* message;
    public svn_error_t* child;
    public apr_pool_t* pool;
    public byte* file;
    public nint line;
}

/// <summary>svn_string.h: counted bytes, not necessarily text.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_string_t
{
    public byte* data;
    public nuint len;

    public readonly ReadOnlySpan<byte> Bytes => new(data, checked((int)len));
}

/// <summary>svn_checksum.h: a digest and what it is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_checksum_t
{
    public byte* digest;
    public int kind;
}

/// <summary>svn_types.h: a lock; times are microseconds since 1970, 0 for never.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_lock_t
{
    public byte* path;
    public byte* token;
    public byte* owner;
    public byte* comment;
    public int is_dav_comment;
    public long creation_date;
    public long expiration_date;
}

/// <summary>svn_mergeinfo.h: revisions that were merged; the first is the one before them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct svn_merge_range_t
{
    public nint start;
    public nint end;
    public int inheritable;
}

/// <summary>svn_version.h: the version of a library.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_version_t
{
    public int major;
    public int minor;
    public int patch;
    public byte* tag;
}

/// <summary>svn_fs.h: a directory entry as the filesystem stores it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_fs_dirent_t
{
    public byte* name;
    public void* id;
    public int kind;
}

/// <summary>svn_fs.h: one changed path of a revision.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_fs_path_change3_t
{
    public svn_string_t path;
    public int change_kind;
    public int node_kind;
    public int text_mod;
    public int prop_mod;
    public int mergeinfo_mod;
    public int copyfrom_known;
    public nint copyfrom_rev;
    public byte* copyfrom_path;
}

/// <summary>svn_repos.h: one revision of a log.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_repos_log_entry_t
{
    public nint revision;
    public apr_hash_t* revprops;
    public int has_children;
    public int non_inheritable;
    public int subtractive_merge;
}

/// <summary>svn_diff.h: how lines are compared.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_diff_file_options_t
{
    public int ignore_space;
    public int ignore_eol_style;
    public int show_c_function;
    public int context_size;
}

/// <summary>svn_diff.h: who is told of ranges; a comparison of two texts calls the first two alone.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct svn_diff_output_fns_t
{
    public delegate* unmanaged<void*, long, long, long, long, long, long, svn_error_t*> output_common;
    public delegate* unmanaged<void*, long, long, long, long, long, long, svn_error_t*> output_diff_modified;
    public void* output_diff_latest;
    public void* output_diff_common;
    public void* output_conflict;
}
