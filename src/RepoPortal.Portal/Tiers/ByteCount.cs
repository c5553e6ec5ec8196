using System.Globalization;

namespace RepoPortal.Portal.Tiers;

/// <summary>Amounts of content as administrators type them: a number and a unit, such as "10 GiB". Binary and decimal units are both taken at their word.</summary>
internal static class ByteCount
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("PiB", 1L << 50),
        ("kB", 1_000L), ("MB", 1_000_000L), ("GB", 1_000_000_000L), ("TB", 1_000_000_000_000L), ("B", 1L), ("bytes", 1L),
    ];

    /// <summary>Reads an amount.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="bytes">The amount when the answer is true.</param>
    internal static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        var trimmed = (text ?? "").Trim();
        var digits = trimmed.TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.').Count();
        var unit = Units.FirstOrDefault(candidate => candidate.Unit.Equals(trimmed[digits..].Trim(), StringComparison.OrdinalIgnoreCase)).Bytes;
        if (unit == 0 || !decimal.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue / unit)
        {
            return false;
        }

        bytes = (long)(number * unit);
        return true;
    }

    /// <summary>Exactly, in the largest binary unit in which it is whole, to be typed again: "10 GiB", "1536 MiB".</summary>
    internal static string Words(long bytes)
    {
        var (unit, size) = Units.Where(candidate => candidate.Unit is ['K' or 'M' or 'G' or 'T' or 'P', 'i', 'B'] && bytes > 0 && bytes % candidate.Bytes == 0)
            .Append(("B", 1L)).MaxBy(candidate => candidate.Item2);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size} {unit}");
    }

    /// <summary>A sentence that says what is allowed.</summary>
    internal static string Refuse(string? text) => $"'{text}' is no amount; type a number with MiB, GiB or TiB, such as 10 GiB.";
}
