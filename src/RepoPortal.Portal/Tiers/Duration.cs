using System.Globalization;

namespace RepoPortal.Portal.Tiers;

/// <summary>Spans of time as administrators type and read them: a whole number and a unit, such as "1 h", "4 h", "30 days".</summary>
internal static class Duration
{
    internal const long Second = 1;
    internal const long Minute = 60;
    internal const long Hour = 60 * Minute;
    internal const long Day = 24 * Hour;

    private const string Allowed = "a whole number with s, min, h, days, weeks or years, such as 4 h";

    /// <summary>Reads a span; <c>0</c> needs no unit.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="seconds">The span when the answer is true.</param>
    internal static bool TryParse(string? text, out long seconds)
    {
        seconds = 0;
        var trimmed = (text ?? "").Trim();
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        if (!long.TryParse(trimmed.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var unit = trimmed[digits..].Trim().ToLowerInvariant() switch
        {
            "s" or "sec" or "second" or "seconds" => Second,
            "min" or "minute" or "minutes" => Minute,
            "h" or "hour" or "hours" => Hour,
            "d" or "day" or "days" => Day,
            "w" or "week" or "weeks" => 7 * Day,
            "y" or "year" or "years" => 365 * Day,
            "" when number == 0 => Second,
            _ => 0,
        };
        if (unit == 0 || number > long.MaxValue / unit)
            return false;
        seconds = number * unit;
        return true;
    }

    /// <summary>A sentence that says what is allowed.</summary>
    internal static string Refuse(string? text) => string.IsNullOrWhiteSpace(text) ? $"Type {Allowed}." : $"'{text}' is no span of time; type {Allowed}.";

    /// <summary>Exactly, in the largest unit in which it is whole: "60 s", "1 h", "36 h", "30 days". A minute is said in seconds.</summary>
    internal static string Words(long seconds) => seconds switch
    {
        > 0 when seconds % Day == 0 => Unit(seconds / Day, "day", "days"),
        > 0 when seconds % Hour == 0 => $"{Plain(seconds / Hour)} h",
        > Minute when seconds % Minute == 0 => $"{Plain(seconds / Minute)} min",
        _ => $"{Plain(seconds)} s",
    };

    private static string Unit(long number, string one, string many) => $"{Plain(number)} {(number == 1 ? one : many)}";

    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);
}
