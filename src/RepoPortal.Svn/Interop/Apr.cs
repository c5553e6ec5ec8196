using System.Runtime.InteropServices;

namespace RepoPortal.Svn.Interop;

/// <summary>The Apache Portable Runtime, libapr-1: start-up, pools, hashes and arrays.</summary>
internal static unsafe partial class Apr
{
    public const string Library = "libapr-1.so.0";

    /// <summary>APR_HASH_KEY_STRING: the key ends with a null.</summary>
    public const nint StringKey = -1;

    [LibraryImport(Library)]
    public static partial int apr_initialize();

    [LibraryImport(Library)]
    public static partial void apr_pool_destroy(apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial void apr_pool_clear(apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial apr_pool_t* apr_allocator_owner_get(apr_allocator_t* allocator);

    [LibraryImport(Library)]
    public static partial apr_hash_index_t* apr_hash_first(apr_pool_t* pool, apr_hash_t* hash);

    [LibraryImport(Library)]
    public static partial apr_hash_index_t* apr_hash_next(apr_hash_index_t* index);

    [LibraryImport(Library)]
    public static partial void apr_hash_this(apr_hash_index_t* index, void** key, nint* keyLength, void** value);

    [LibraryImport(Library)]
    public static partial uint apr_hash_count(apr_hash_t* hash);

    [LibraryImport(Library)]
    public static partial void* apr_hash_get(apr_hash_t* hash, void* key, nint keyLength);

    [LibraryImport(Library)]
    public static partial apr_hash_t* apr_hash_make(apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial void apr_hash_set(apr_hash_t* hash, void* key, nint keyLength, void* value);

    [LibraryImport(Library)]
    public static partial apr_array_header_t* apr_array_make(apr_pool_t* pool, int elements, int elementSize);

    [LibraryImport(Library)]
    public static partial void* apr_array_push(apr_array_header_t* array);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* apr_pstrdup(apr_pool_t* pool, string text);
}
