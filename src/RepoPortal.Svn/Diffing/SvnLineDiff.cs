using System.Runtime.InteropServices;
using RepoPortal.Svn.Diffing;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <summary>Finds the lines in which two texts differ, with the engine that <c>svn diff</c> and <c>svn blame</c> use. A line ends with LF.</summary>
/// <remarks>
/// The texts hold no null character: a lone CR, which libsvn takes for the end of a line and patches do not, is compared as one. libsvn cannot be stopped while it
/// compares, and needs a time that grows with the lines times the differences; so what would take longer than about a second is taken as changed altogether.
/// </remarks>
public static unsafe class SvnLineDiff
{
    private const int SuffixLinesKept = 50; // as libsvn does (SUFFIX_LINES_TO_KEEP in diff_file.c), so that a change is put where svn puts it

    /// <summary>The differences in order.</summary>
    /// <param name="original">The old text.</param>
    /// <param name="modified">The new text.</param>
    /// <param name="ignoreWhitespace">Whether lines that differ in white space only, or in how they end, are the same.</param>
    public static SvnLineChanges Compare(ReadOnlySpan<byte> original, ReadOnlySpan<byte> modified, bool ignoreWhitespace = false)
    {
        var same = CommonPrefix(original, modified);
        var offset = original[..same].Count((byte)'\n');
        original = original[same..];
        modified = modified[same..];
        var end = CommonSuffix(original, modified);
        original = original[..^end];
        modified = modified[..^end];
        if (original.IsEmpty && modified.IsEmpty) return new SvnLineChanges([], IsCoarse: false);

        var (a, b) = (CountLines(original), CountLines(modified));
        return a > 0 && b > 0 && !DiffEffort.IsAffordable(original, modified, a, b)
            ? new SvnLineChanges([new SvnLineChange(offset, a, offset, b)], IsCoarse: true)
            : new SvnLineChanges(Run(original, modified, offset, ignoreWhitespace), IsCoarse: false);
    }

    private static List<SvnLineChange> Run(ReadOnlySpan<byte> original, ReadOnlySpan<byte> modified, int offset, bool ignoreWhitespace)
    {
        var changes = new Receiver(offset);
        using var pool = new SvnPool();
        var options = SvnDiff.svn_diff_file_options_create(pool);
        if (ignoreWhitespace) (options->ignore_space, options->ignore_eol_style) = (SvnDiff.IgnoreAllSpace, 1);
        svn_diff_t* diff;
        Check(SvnDiff.svn_diff_mem_string_diff(&diff, Text(original, pool), Text(modified, pool), options, pool));
        var functions = new svn_diff_output_fns_t { output_diff_modified = &OnModified };
        var handle = GCHandle.Alloc(changes);
        try
        {
            Check(SvnDiff.svn_diff_output2(diff, (void*)GCHandle.ToIntPtr(handle), &functions, cancel: null, cancelBaton: null));
        }
        finally
        {
            handle.Free();
        }

        return changes.Changes;
    }

    // Nothing is thrown into C: the numbers are those of lines in memory.
    [UnmanagedCallersOnly]
    private static svn_error_t* OnModified(
        void* baton, long originalStart, long originalLength, long modifiedStart, long modifiedLength, long latestStart, long latestLength)
    {
        ((Receiver)GCHandle.FromIntPtr((nint)baton).Target!).Add(originalStart, originalLength, modifiedStart, modifiedLength);
        return null;
    }

    private static svn_string_t* Text(ReadOnlySpan<byte> text, SvnPool pool)
    {
        var copy = Utf8.Allocate(text, pool);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) copy->data[i] = 0;
        }

        return copy;
    }

    private static int CommonPrefix(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var same = a.CommonPrefixLength(b);
        return same == a.Length && same == b.Length ? same : a[..same].LastIndexOf((byte)'\n') + 1;
    }

    private static int CommonSuffix(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var most = Math.Min(a.Length, b.Length);
        var same = 0;
        while (same < most && a[^(same + 1)] == b[^(same + 1)]) same++;
        // Whole lines of both, and not the last ones before the difference.
        var tail = a[^same..];
        for (var kept = 0; kept <= SuffixLinesKept; kept++)
        {
            var line = tail.IndexOf((byte)'\n');
            if (line < 0) return 0;
            tail = tail[(line + 1)..];
        }

        return tail.Length;
    }

    private static int CountLines(ReadOnlySpan<byte> text) => text.Count((byte)'\n') + (text.IsEmpty || text[^1] == '\n' ? 0 : 1);

    private sealed class Receiver(int offset)
    {
        public List<SvnLineChange> Changes { get; } = [];

        public void Add(long originalStart, long originalLength, long modifiedStart, long modifiedLength) => Changes.Add(
            new SvnLineChange((int)originalStart + offset, (int)originalLength, (int)modifiedStart + offset, (int)modifiedLength));
    }
}

/// <summary>The differences of two texts.</summary>
/// <param name="Changes">In order, without overlaps.</param>
/// <param name="IsCoarse">True when everything between the first and the last difference is taken as changed, because to compare it would take too long.</param>
public sealed record SvnLineChanges(IReadOnlyList<SvnLineChange> Changes, bool IsCoarse);
