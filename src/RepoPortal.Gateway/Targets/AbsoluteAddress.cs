namespace RepoPortal.Gateway.Targets;

/// <summary>Splits <c>scheme://authority/path</c> without changing a byte of the path, which <see cref="Uri"/> would.</summary>
internal readonly ref struct AbsoluteAddress
{
    internal ReadOnlySpan<char> Scheme { get; private init; }

    internal ReadOnlySpan<char> Authority { get; private init; }

    /// <summary>Everything after the authority: path, query and fragment as spelled; may be empty.</summary>
    internal ReadOnlySpan<char> Rest { get; private init; }

    internal static bool TrySplit(ReadOnlySpan<char> text, out AbsoluteAddress address)
    {
        address = default;
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0 || text[..colon].ContainsAnyExcept(SchemeCharacters))
            return false;
        var afterScheme = text[(colon + 3)..];
        var end = afterScheme.IndexOfAny('/', '?', '#');
        var authority = end < 0 ? afterScheme : afterScheme[..end];
        address = new AbsoluteAddress
        {
            Scheme = text[..colon],
            Authority = authority,
            Rest = end < 0 ? default : afterScheme[end..],
        };
        return authority.Length > 0;
    }

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
}
