using System.Runtime.InteropServices;

namespace RepoPortal.Svn.Interop;

/// <summary>libsvn_diff: which lines two texts have in common.</summary>
internal static unsafe partial class SvnDiff
{
    public const string Library = "libsvn_diff-1.so.1";

    /// <summary>svn_diff_file_ignore_space_all.</summary>
    public const int IgnoreAllSpace = 2;

    [LibraryImport(Library)]
    public static partial svn_diff_file_options_t* svn_diff_file_options_create(apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_diff_mem_string_diff(
        svn_diff_t** diff, svn_string_t* original, svn_string_t* modified, svn_diff_file_options_t* options, apr_pool_t* pool);

    [LibraryImport(Library)]
    public static partial svn_error_t* svn_diff_output2(
        svn_diff_t* diff, void* baton, svn_diff_output_fns_t* functions, void* cancel, void* cancelBaton);
}
