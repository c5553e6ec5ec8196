using System.Globalization;
using RepoPortal.Contracts.History;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Repositories.History;

/// <summary>How differences are shown, as the address of a page says it.</summary>
/// <param name="IsSplit">Side by side, and not below each other.</param>
/// <param name="IgnoresWhitespace">Whether lines that differ in white space only are the same.</param>
/// <param name="Context">How many lines are shown around those that differ.</param>
public sealed record DiffWay(bool IsSplit, bool IgnoresWhitespace, int Context)
{
    /// <summary>More lines around than usual.</summary>
    public const int MoreContext = 25;

    private const string All = "all";

    /// <summary>Reads <c>view</c>, <c>w</c> and <c>context</c> of an address; what they cannot be is taken as left out.</summary>
    public static DiffWay Read(string? view, string? whitespace, string? context) => new(view == "split", whitespace == "1", context switch
    {
        All => DiffOptions.WholeFile,
        _ when int.TryParse(context, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) => Math.Min(lines, DiffOptions.WholeFile),
        _ => DiffOptions.UsualContext,
    });

    /// <summary>The same as parts of an address.</summary>
    public IEnumerable<(string Name, string? Value)> Query =>
    [
        ("view", IsSplit ? "split" : null),
        ("w", IgnoresWhitespace ? "1" : null),
        ("context", Context switch { DiffOptions.UsualContext => null, DiffOptions.WholeFile => All, var lines => Format.Plain(lines) }),
    ];
}
