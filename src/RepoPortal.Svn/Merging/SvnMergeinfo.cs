using System.Diagnostics.CodeAnalysis;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Pools;
using static RepoPortal.Svn.Errors.NativeError;

namespace RepoPortal.Svn;

/// <summary>What was merged into a path, by its property <c>svn:mergeinfo</c>.</summary>
public sealed unsafe class SvnMergeinfo
{
    /// <summary>Nothing was merged.</summary>
    public static readonly SvnMergeinfo Empty = new(new Dictionary<string, IReadOnlyList<SvnMergeRange>>());

    private readonly Dictionary<string, IReadOnlyList<SvnMergeRange>> _ranges;

    private SvnMergeinfo(Dictionary<string, IReadOnlyList<SvnMergeRange>> ranges) => _ranges = ranges;

    /// <summary>The paths that something was merged from, each starting with a slash.</summary>
    public IEnumerable<string> Sources => _ranges.Keys;

    /// <summary>Reads the property's value.</summary>
    /// <returns>False when it is not what Subversion writes there: any client may set any text.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SvnMergeinfo? mergeinfo)
    {
        ArgumentNullException.ThrowIfNull(text);
        mergeinfo = null;
        if (text.Contains('\0', StringComparison.Ordinal)) return false;
        try
        {
            mergeinfo = new SvnMergeinfo(Parse(text));
            return true;
        }
        catch (SvnException)
        {
            return false;
        }
    }

    /// <summary>Whether a revision of a path was merged with everything below it.</summary>
    public bool Contains(string source, long revision) =>
        RangesOf(source).Any(range => range.IsWhole && range.First <= revision && revision <= range.Last);

    /// <summary>The revisions of a path that were merged, the oldest first.</summary>
    public IReadOnlyList<SvnMergeRange> RangesOf(string source) => _ranges.GetValueOrDefault(source) ?? [];

    private static Dictionary<string, IReadOnlyList<SvnMergeRange>> Parse(string text)
    {
        using var pool = new SvnPool();
        apr_hash_t* table;
        Check(SvnSubr.svn_mergeinfo_parse(&table, text, pool));
        var ranges = new Dictionary<string, IReadOnlyList<SvnMergeRange>>(StringComparer.Ordinal);
        for (var index = Apr.apr_hash_first(pool, table); index is not null; index = Apr.apr_hash_next(index))
        {
            byte* path;
            apr_array_header_t* list;
            Apr.apr_hash_this(index, (void**)&path, null, (void**)&list);
            var all = new ReadOnlySpan<nint>(list->elts, list->nelts);
            var copied = new SvnMergeRange[all.Length];
            for (var i = 0; i < all.Length; i++)
            {
                var range = (svn_merge_range_t*)all[i];
                copied[i] = new SvnMergeRange(range->start + 1, range->end, range->inheritable != 0);
            }

            ranges[Utf8.String(path)!] = copied;
        }

        return ranges;
    }
}
