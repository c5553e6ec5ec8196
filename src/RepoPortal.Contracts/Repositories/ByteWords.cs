using System.Globalization;

namespace RepoPortal.Contracts.Repositories;

/// <summary>How limits in bytes are written for people: in binary units, as they are set.</summary>
public static class ByteWords
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>"10 GiB", "1.5 TiB"; two digits behind the point at most, rounded.</summary>
    public static string Of(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        // What would be rounded up to 1024 is one of the next unit.
        for (; value >= 1023.995 && unit < Units.Length - 1; unit++)
            value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {Units[unit]}");
    }
}
