namespace RepoPortal.Contracts;

/// <summary>The characters that names of repositories and of users are made of.</summary>
internal static class NameGrammar
{
    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>True when every character is a lower-case ASCII letter, a digit, '-', '_' or '.'.</summary>
    internal static bool IsAllowed(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Allowed);
}
