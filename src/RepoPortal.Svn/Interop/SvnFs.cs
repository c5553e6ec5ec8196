using System.Runtime.InteropServices;

namespace RepoPortal.Svn.Interop;

/// <summary>libsvn_fs: the versioned filesystem.</summary>
internal static unsafe partial class SvnFs
{
    public const string Library = "libsvn_fs-1.so.1";

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_initialize(apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial void svn_fs_set_warning_func(
        svn_fs_t* fs, delegate* unmanaged<void*, svn_error_t*, void> warning, void* baton);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_get_uuid(svn_fs_t* fs, byte** uuid, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_set_uuid(svn_fs_t* fs, string uuid, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_youngest_rev(nint* youngest, svn_fs_t* fs, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_revision_root(svn_fs_root_t** root, svn_fs_t* fs, nint revision, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_revision_proplist2(
        apr_hash_t** table, svn_fs_t* fs, nint revision, int refresh, apr_pool_t* resultPool, apr_pool_t* scratchPool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_check_path(int* kind, svn_fs_root_t* root, string path, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_dir_entries(apr_hash_t** entries, svn_fs_root_t* root, string path, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_node_created_rev(nint* revision, svn_fs_root_t* root, byte* path, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_node_has_props(int* hasProperties, svn_fs_root_t* root, byte* path, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_file_length(long* length, svn_fs_root_t* root, byte* path, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_node_proplist(apr_hash_t** table, svn_fs_root_t* root, string path, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_file_checksum(
        svn_checksum_t** checksum, int kind, svn_fs_root_t* root, string path, int force, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_get_lock(svn_lock_t** held, svn_fs_t* fs, string path, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_create_access(svn_fs_access_t** access, string user, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_set_access(svn_fs_t* fs, svn_fs_access_t* access);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_file_contents(svn_stream_t** contents, svn_fs_root_t* root, string path, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_paths_changed3(
        svn_fs_path_change_iterator_t** iterator, svn_fs_root_t* root, apr_pool_t* resultPool, apr_pool_t* scratchPool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_path_change_get(
        svn_fs_path_change3_t** change, svn_fs_path_change_iterator_t* iterator);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_copied_from(
        nint* revision, byte** fromPath, svn_fs_root_t* root, byte* path, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_closest_copy(
        svn_fs_root_t** copyRoot, byte** copyPath, svn_fs_root_t* root, string path, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial nint svn_fs_revision_root_revision(svn_fs_root_t* root);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_node_history2(
        svn_fs_history_t** history, svn_fs_root_t* root, string path, apr_pool_t* resultPool, apr_pool_t* scratchPool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_history_prev2(
        svn_fs_history_t** previous, svn_fs_history_t* history, int crossCopies, apr_pool_t* resultPool, apr_pool_t* scratchPool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_history_location(byte** path, nint* revision, svn_fs_history_t* history, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial int svn_fs_compare_ids(void* a, void* b);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_node_id(void** id, svn_fs_root_t* root, string path, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_contents_different(
        int* different, svn_fs_root_t* root1, string path1, svn_fs_root_t* root2, string path2, apr_pool_t* scratchPool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_props_different(
        int* different, svn_fs_root_t* root1, string path1, svn_fs_root_t* root2, string path2, apr_pool_t* scratchPool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_begin_txn2(
        svn_fs_txn_t** transaction, svn_fs_t* fs, nint revision, uint flags, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_txn_root(svn_fs_root_t** root, svn_fs_txn_t* transaction, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_fs_make_dir(svn_fs_root_t* root, string path, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_commit_txn(
        byte** conflict, nint* revision, svn_fs_txn_t* transaction, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_fs_abort_txn(svn_fs_txn_t* transaction, apr_pool_t* pool);
}
