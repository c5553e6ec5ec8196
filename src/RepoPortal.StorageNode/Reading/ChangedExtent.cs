namespace RepoPortal.StorageNode.Reading;

/// <summary>How many paths a commit changed, and the deepest directory that holds all of them; keeps none of them.</summary>
internal sealed class ChangedExtent
{
    // Without the slash at its end; "" is the root. Null before the first path.
    private string? _directory;

    /// <summary>How many paths.</summary>
    public int Count { get; private set; }

    /// <summary>The directory; <c>/</c> at least.</summary>
    public string CommonPath => string.IsNullOrEmpty(_directory) ? "/" : _directory;

    /// <summary>Counts a path, such as <c>/trunk/src/main.c</c>.</summary>
    public void Add(string path)
    {
        Count++;
        var parent = path[..Math.Max(path.LastIndexOf('/'), 0)];
        _directory = _directory is null ? parent : Common(_directory, parent);
    }

    private static string Common(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        var wholeSegments = (same == a.Length || a[same] == '/') && (same == b.Length || b[same] == '/');
        return wholeSegments ? a[..same] : a[..Math.Max(a.LastIndexOf('/', same == a.Length ? same - 1 : same), 0)];
    }
}
