using System.Globalization;

namespace RepoPortal.Portal.People;

/// <summary>The moment at which something that was given ends: somebody's access, a group's, an account. A date alone means the end of that day, in UTC.</summary>
internal static class EndDate
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Reads a date or a moment in ISO 8601; a moment without an offset is in UTC.</summary>
    /// <param name="text">What was typed; nothing means that there is no end.</param>
    /// <param name="now">The end must lie after this.</param>
    /// <param name="end">The end, in UTC; null when none was given.</param>
    /// <returns>A refusal when it cannot be taken; null when it can.</returns>
    internal static Refusal? Read(string? text, DateTimeOffset now, out DateTimeOffset? end)
    {
        end = null;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            end = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        else if (IsMoment(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
            end = moment;
        else
            return Refusal.Invalid("endsAt", "Write the end as a date, such as 2030-12-31, or as a moment, such as 2030-12-31T18:00:00Z.");
        return end > now ? null : Refusal.Invalid("endsAt", "The end lies in the past; choose a date to come.");
    }

    /// <summary>The last day on which it holds, as a date field takes it.</summary>
    internal static string DayOf(DateTimeOffset? end) => end is { } moment ? LastDay(moment).ToString(Day, CultureInfo.InvariantCulture) : "";

    /// <summary>The last day on which it holds, in UTC.</summary>
    internal static DateTimeOffset LastDay(DateTimeOffset end) => end.ToUniversalTime().AddTicks(-1);

    // The parser also takes "tomorrow's" many cousins; only what begins like ISO 8601 is meant here.
    private static bool IsMoment(string text) => text is [_, _, _, _, '-', _, _, '-', _, _, 'T', ..];
}
