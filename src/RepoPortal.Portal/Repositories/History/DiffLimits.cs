using RepoPortal.Contracts.History;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>How much of a comparison a page shows: at first what is there at once, and more for whoever asks for it.</summary>
internal static class DiffLimits
{
    private static readonly DiffOptions AtFirst = new(IgnoreWhitespace: false, MostLines: 3000, TimeSpan.FromSeconds(2));
    private static readonly DiffOptions Anyway = new(IgnoreWhitespace: false, MostLines: 20_000, DiffOptions.LongestTime);

    /// <param name="way">How it is shown.</param>
    /// <param name="anyway">Whether everything is to be shown, though it takes long.</param>
    internal static DiffOptions Of(DiffWay way, bool anyway) => (anyway ? Anyway : AtFirst) with { IgnoreWhitespace = way.IgnoresWhitespace, Context = way.Context };
}
