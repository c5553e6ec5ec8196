using System.Runtime.InteropServices;

namespace RepoPortal.Svn.Interop;

/// <summary>libsvn_subr: errors, pools, UTF-8, paths and streams.</summary>
internal static unsafe partial class SvnSubr
{
    public const string Library = "libsvn_subr-1.so.1";

    [LibraryImport(Library)]
    public static partial svn_version_t* svn_subr_version();

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_dso_initialize2();

    [LibraryImport(Library)]
    public static partial void svn_utf_initialize2(int assumeNativeIsUtf8, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial apr_allocator_t* svn_pool_create_allocator(int threadSafe);

    [LibraryImport(Library)]
    public static partial apr_pool_t* svn_pool_create_ex(apr_pool_t* parent, apr_allocator_t* allocator);

    [LibraryImport(Library)]
    public static partial void* svn_error_set_malfunction_handler(void* handler);

    [LibraryImport(Library)]
    public static partial void* svn_error_get_malfunction_handler();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_error__malfunction(int canReturn, string file, int line, string expression);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_error_create(int code, svn_error_t* child, string? message);

    [LibraryImport(Library)]
    public static partial void svn_error_clear(svn_error_t* error);

    [LibraryImport(Library)]
    public static partial byte* svn_error_symbolic_name(int code);

    [LibraryImport(Library)]
    public static partial byte* svn_strerror(int code, byte* buffer, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* svn_dirent_internal_style(string dirent, apr_pool_t* pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* svn_relpath_canonicalize(string path, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial byte* svn_relpath_join(byte* directory, byte* component, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_string_t* svn_string_ncreate(byte* bytes, nuint size, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_stream_t* svn_stream_from_string(svn_string_t* text, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_stream_read_full(svn_stream_t* stream, byte* buffer, nuint* length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial svn_error_t* svn_mergeinfo_parse(apr_hash_t** mergeinfo, string input, apr_pool_t* pool);
}
