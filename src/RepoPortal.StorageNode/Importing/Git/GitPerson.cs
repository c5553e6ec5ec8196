using System.Globalization;

namespace RepoPortal.StorageNode.Importing.Git;

/// <summary>Somebody in a commit or a tag, with the moment.</summary>
/// <param name="Name">Their name; may be empty.</param>
/// <param name="Address">Their address; may be empty, and need not be one.</param>
/// <param name="At">When.</param>
internal sealed record GitPerson(string Name, string Address, DateTimeOffset At)
{
    // What Subversion and .NET can both write.
    private const long Latest = 253_402_300_799;

    /// <summary>Reads "Ada Lovelace &lt;ada@lab.example&gt; 1700000000 +0100".</summary>
    public static GitPerson Parse(string text)
    {
        var (open, close) = (text.IndexOf('<', StringComparison.Ordinal), text.LastIndexOf('>'));
        if (open < 0 || close < open)
            return Of(text, "", "0");
        return Of(text[..open], text[(open + 1)..close], text[(close + 1)..].Trim().Split(' ')[0]);
    }

    /// <summary>Somebody by the parts of it.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="address">Their address.</param>
    /// <param name="seconds">When, in seconds since 1970; what is no such number is 1970.</param>
    public static GitPerson Of(string name, string address, string seconds) => new(
        GitText.Plain(name),
        GitText.Plain(address),
        DateTimeOffset.FromUnixTimeSeconds(long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at) ? Math.Clamp(at, 0, Latest) : 0));

    /// <summary>As the dump has them, for the map of authors: "Ada Lovelace &lt;ada@lab.example&gt;".</summary>
    public string Words => $"{Name} <{Address}>";
}
