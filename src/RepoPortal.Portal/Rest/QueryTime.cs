using System.Globalization;

namespace RepoPortal.Portal.Rest;

/// <summary>A moment in a query string: a date, or a date and time (ISO 8601; UTC unless it says otherwise).</summary>
internal static class QueryTime
{
    /// <param name="text">What was written; nothing is no moment.</param>
    /// <param name="endOfDay">Whether a date alone means its end.</param>
    /// <param name="at">The moment, in UTC.</param>
    /// <returns>False when it is neither.</returns>
    internal static bool TryRead(string? text, bool endOfDay, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            at = new DateTimeOffset(day.AddDays(endOfDay ? 1 : 0), TimeOnly.MinValue, TimeSpan.Zero);
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            at = time.ToUniversalTime();
        return at is not null;
    }

    internal static Refusal Refuse(string field, string? text) =>
        Refusal.Invalid(field, $"'{text}' is neither a date (2026-11-22) nor a date and time (2026-11-22T08:30:00Z).");
}
