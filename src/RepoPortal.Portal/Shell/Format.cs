using System.Globalization;

namespace RepoPortal.Portal.Shell;

/// <summary>How numbers, sizes and spans of time are written for people.</summary>
internal static class Format
{
    // Digits are grouped by a narrow space that does not break, as in print.
    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = "\u202f", NumberDecimalDigits = 0 };
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>Ungrouped, for addresses.</summary>
    internal static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Count(long number) => number.ToString("N0", Grouped);

    /// <summary>"1 repository", "2 repositories".</summary>
    internal static string Count(long number, string one, string many) => $"{Count(number)} {(number == 1 ? one : many)}";

    internal static string Revision(long revision) => "r" + Count(revision);

    /// <summary>Bytes in decimal units, two digits at least: "0 B", "4.1 kB", "318 MB".</summary>
    internal static string Size(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        for (; value >= 999.5 && unit < Units.Length - 1; unit++)
            value /= 1000;
        var digits = unit > 0 && value < 9.95 ? "0.0" : "0";
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>A promised span in its largest whole unit: "60 s", "4 h", "1 day". A minute is said in seconds, a day up to two in hours.</summary>
    internal static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 120 } => $"{span.TotalSeconds:0} s",
        { TotalMinutes: < 120 } when span.TotalMinutes != 60 => $"{span.TotalMinutes:0} min",
        { TotalHours: <= 24 } => $"{span.TotalHours:0.#} h",
        _ => Count((long)Math.Round(span.TotalDays), "day", "days"),
    };

    /// <summary>What something took, in seconds: "0.04 s", "12.3 s", "1 240 s".</summary>
    internal static string Took(TimeSpan span) => span.TotalSeconds switch
    {
        < 1 and var seconds => $"{seconds.ToString("0.00", CultureInfo.InvariantCulture)} s",
        < 100 and var seconds => $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        var seconds => $"{Count((long)Math.Round(seconds))} s",
    };

    internal static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    internal static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
