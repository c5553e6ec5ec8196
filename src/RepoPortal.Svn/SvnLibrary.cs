using RepoPortal.Svn.Interop;

namespace RepoPortal.Svn;

/// <summary>The Subversion library that this process uses.</summary>
public static unsafe class SvnLibrary
{
    /// <summary>Loads the library where that has not happened yet, so that a server can say at its start that it is missing.</summary>
    /// <returns>Its version, such as 1.14.2.</returns>
    /// <exception cref="DllNotFoundException">It is not installed; the message names the package.</exception>
    public static Version Load()
    {
        _ = LibSvn.Root;
        var version = SvnSubr.svn_subr_version();
        return new Version(version->major, version->minor, version->patch);
    }
}
