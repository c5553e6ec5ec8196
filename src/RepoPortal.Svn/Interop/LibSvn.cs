using System.Runtime.InteropServices;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn.Interop;

/// <summary>The libraries in this process: loaded and initialised once, before the first pool.</summary>
internal static unsafe class LibSvn
{
    private static readonly Lock Gate = new();
    private static volatile apr_pool_t* _root;

    /// <summary>
    /// The pool every other pool descends from; it lives as long as the process, and its allocator has a mutex because pools are made on many threads.
    /// </summary>
    /// <exception cref="DllNotFoundException">A library is not installed; the message names the package.</exception>
    public static apr_pool_t* Root
    {
        get
        {
            var root = _root;
            return root is null ? Load() : root;
        }
    }

    /// <summary>Loads one library by its file name.</summary>
    /// <exception cref="DllNotFoundException">It is not installed; the message names <paramref name="package"/>.</exception>
    public static nint LoadLibrary(string library, string package)
    {
        try
        {
            return NativeLibrary.Load(library);
        }
        catch (DllNotFoundException missing)
        {
            throw new DllNotFoundException(
                $"the library '{library}' cannot be loaded; it comes with the Debian package '{package}' (apt-get install {package})", missing);
        }
    }

    private static apr_pool_t* Load()
    {
        lock (Gate)
        {
            if (_root is not null) return _root;

            LoadLibrary(Apr.Library, "libapr1");
            var subr = LoadLibrary(SvnSubr.Library, "libsvn1");
            LoadLibrary(SvnFs.Library, "libsvn1");
            LoadLibrary(SvnRepos.Library, "libsvn1");
            LoadLibrary(SvnDiff.Library, "libsvn1");

            var status = Apr.apr_initialize();
            if (status != 0) throw new InvalidOperationException($"apr_initialize failed with status {status}");

            // svn_dso.h asks for this before the first pool: else a filesystem back end could be unloaded before its pools are.
            Check(SvnSubr.svn_dso_initialize2());
            var root = Apr.apr_allocator_owner_get(SvnSubr.svn_pool_create_allocator(threadSafe: 1));

            // Names on disk are UTF-8 whatever the locale of the process says; a service often runs in the C locale.
            SvnSubr.svn_utf_initialize2(assumeNativeIsUtf8: 1, root);

            // The default handler ends the process when an assertion of libsvn fails.
            SvnSubr.svn_error_set_malfunction_handler((void*)NativeLibrary.GetExport(subr, "svn_error_raise_on_malfunction"));

            Check(SvnFs.svn_fs_initialize(root));

            // svn_repos_authz_initialize is left out on purpose: it shares rules under an identifier that only files read by name get, and in 1.14.2 the
            // first question to a file parsed from memory then reads through a null pointer.
            return _root = root;
        }
    }
}
