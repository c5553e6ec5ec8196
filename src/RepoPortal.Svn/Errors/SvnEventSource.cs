using System.Diagnostics.Tracing;
using RepoPortal.Svn.Interop;

namespace RepoPortal.Svn.Errors;

/// <summary>What libsvn noticed and went on from, such as a cache that could not be used; the event source's name is <c>RepoPortal.Svn</c>.</summary>
[EventSource(Name = "RepoPortal.Svn")]
internal sealed class SvnEventSource : EventSource
{
    public static readonly SvnEventSource Log = new();

    private SvnEventSource()
    {
    }

    [Event(1, Level = EventLevel.Warning)]
    public void Warning(string message) => WriteEvent(1, message);

    /// <summary>Called from C: the error stays its caller's.</summary>
    [NonEvent]
    public unsafe void Warning(svn_error_t* error)
    {
        if (IsEnabled()) Warning(new SvnException(NativeError.Copy(error)).Message);
    }
}
