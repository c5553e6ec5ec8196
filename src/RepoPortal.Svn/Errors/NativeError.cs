using RepoPortal.Svn.Interop;

namespace RepoPortal.Svn.Errors;

/// <summary>The one place where an error chain of libsvn becomes an exception.</summary>
internal static unsafe class NativeError
{
    private const int MessageSize = 512;

    /// <summary>Returns when <paramref name="error"/> is null (SVN_NO_ERROR).</summary>
    /// <exception cref="SvnException">Otherwise; the native chain is freed.</exception>
    public static void Check(svn_error_t* error)
    {
        if (error is not null) throw Translate(error);
    }

    /// <summary>Copies the chain and frees it.</summary>
    public static SvnException Translate(svn_error_t* error)
    {
        var chain = Copy(error);
        SvnSubr.svn_error_clear(error);
        return new SvnException(chain);
    }

    /// <summary>Copies the chain and leaves it to its owner.</summary>
    public static IReadOnlyList<SvnError> Copy(svn_error_t* error)
    {
        var chain = new List<SvnError>();
        for (var link = error; link is not null; link = link->child)
        {
            chain.Add(new SvnError((SvnErrorCode)link->apr_err, Utf8.String(SvnSubr.svn_error_symbolic_name(link->apr_err)), MessageOf(link)));
        }

        return chain;
    }

    private static string MessageOf(svn_error_t* link)
    {
        if (link->message is not null) return Utf8.String(link->message)!;
        var buffer = stackalloc byte[MessageSize];
        return Utf8.String(SvnSubr.svn_strerror(link->apr_err, buffer, MessageSize)) ?? $"error {link->apr_err}";
    }
}
