using System.Runtime.InteropServices;
using RepoPortal.Svn.Interop;

namespace RepoPortal.Svn.Pools;

/// <summary>
/// An APR pool: owns everything libsvn allocates during one operation, and frees it all at once. Nothing in libsvn has a free of its own.
/// </summary>
/// <remarks>
/// Pools are siblings, never children of one another: a finalizer may then destroy them in any order. One thread uses a pool at a time.
/// </remarks>
internal sealed unsafe class SvnPool : SafeHandle
{
    private static int _live;

    public SvnPool() : base(invalidHandleValue: 0, ownsHandle: true)
    {
        SetHandle((nint)SvnSubr.svn_pool_create_ex(LibSvn.Root, null));
        Interlocked.Increment(ref _live);
    }

    /// <summary>How many pools are alive in this process; the tests expect none after an operation.</summary>
    public static int Live => Volatile.Read(ref _live);

    public override bool IsInvalid => handle == 0;

    public static implicit operator apr_pool_t*(SvnPool pool)
    {
        ObjectDisposedException.ThrowIf(pool.IsClosed, pool);
        return (apr_pool_t*)pool.handle;
    }

    /// <summary>Frees what was allocated and keeps the pool; for the steps of a loop.</summary>
    public void Clear() => Apr.apr_pool_clear(this);

    protected override bool ReleaseHandle()
    {
        Apr.apr_pool_destroy((apr_pool_t*)handle);
        Interlocked.Decrement(ref _live);
        return true;
    }
}
