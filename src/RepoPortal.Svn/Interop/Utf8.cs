using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace RepoPortal.Svn.Interop;

/// <summary>Text as libsvn keeps it: UTF-8, null-terminated. Bytes that are not UTF-8 read as U+FFFD.</summary>
internal static unsafe class Utf8
{
    public static string? String(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    public static string String(svn_string_t text) => Encoding.UTF8.GetString(text.Bytes);

    /// <summary>The text itself, for a C function that would read it only as far as its first null character.</summary>
    /// <exception cref="ArgumentException">It contains one.</exception>
    public static string WithoutNull(string text, [CallerArgumentExpression(nameof(text))] string? parameter = null) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw new ArgumentException("contains a null character", parameter) : text;

    /// <summary>The text as a counted string in <paramref name="pool"/>.</summary>
    public static svn_string_t* Allocate(string text, apr_pool_t* pool) => Allocate(Encoding.UTF8.GetBytes(text), pool);

    /// <summary>The bytes as a counted string in <paramref name="pool"/>.</summary>
    public static svn_string_t* Allocate(ReadOnlySpan<byte> bytes, apr_pool_t* pool)
    {
        fixed (byte* data = bytes)
        {
            return SvnSubr.svn_string_ncreate(data, (nuint)bytes.Length, pool);
        }
    }
}
