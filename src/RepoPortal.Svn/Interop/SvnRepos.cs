using System.Runtime.InteropServices;

namespace RepoPortal.Svn.Interop;

/// <summary>libsvn_repos: repositories around a filesystem, logs and access files.</summary>
internal static unsafe partial class SvnRepos
{
    public const string Library = "libsvn_repos-1.so.1";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_open3(
        svn_repos_t** repos, string path, apr_hash_t* fsConfig, apr_pool_t* resultPool, apr_pool_t* scratchPool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_create(
        svn_repos_t** repos, string path, byte* unused1, byte* unused2, apr_hash_t* config, apr_hash_t* fsConfig, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_fs_t* svn_repos_fs(svn_repos_t* repos);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_repos_dated_revision(nint* revision, svn_repos_t* repos, long microseconds, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_fs_get_locks2(
        apr_hash_t** locks, svn_repos_t* repos, string path, int depth, void* authzRead, void* authzReadBaton, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_fs_change_txn_prop(
        svn_fs_txn_t* transaction, string name, svn_string_t* value, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_fs_change_rev_prop4(
        svn_repos_t* repos, nint revision, string? author, string name, svn_string_t** oldValue, svn_string_t* newValue,
        int usePreHook, int usePostHook, void* authzRead, void* authzReadBaton, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_fs_unlock(svn_repos_t* repos, string path, string? token, int breakLock, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_trace_node_locations(
        svn_fs_t* fs, apr_hash_t** locations, string path, nint pegRevision, apr_array_header_t* revisions,
        void* authzRead, void* authzReadBaton, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_repos_get_logs5(
        svn_repos_t* repos, apr_array_header_t* paths, nint start, nint end, int limit,
        int strictNodeHistory, int includeMergedRevisions, apr_array_header_t* revisionProperties,
        delegate* unmanaged<int*, svn_fs_root_t*, byte*, void*, apr_pool_t*, svn_error_t*> authzRead, void* authzReadBaton,
        delegate* unmanaged<void*, svn_fs_path_change3_t*, apr_pool_t*, svn_error_t*> pathChange, void* pathChangeBaton,
        delegate* unmanaged<void*, svn_repos_log_entry_t*, apr_pool_t*, svn_error_t*> revision, void* revisionBaton,
        apr_pool_t* scratchPool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_get_file_revs2(
        svn_repos_t* repos, string path, nint start, nint end, int includeMergedRevisions,
        delegate* unmanaged<int*, svn_fs_root_t*, byte*, void*, apr_pool_t*, svn_error_t*> authzRead, void* authzReadBaton,
        delegate* unmanaged<void*, byte*, nint, apr_hash_t*, int, void*, void*, apr_array_header_t*, apr_pool_t*, svn_error_t*> revision, void* revisionBaton,
        apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_repos_authz_parse2(
        svn_authz_t** authz, svn_stream_t* stream, svn_stream_t* groupsStream,
        delegate* unmanaged<void*, svn_error_t*, apr_pool_t*, void> warning, void* warningBaton,
        apr_pool_t* resultPool, apr_pool_t* scratchPool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_repos_authz_check_access(
        svn_authz_t* authz, string repositoryName, string? path, string? user, int requiredAccess, int* granted, apr_pool_t* pool);
}
