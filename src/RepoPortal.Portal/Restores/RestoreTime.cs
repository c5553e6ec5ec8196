using System.Globalization;

namespace RepoPortal.Portal.Restores;

/// <summary>Reads the moment that somebody wants a repository as of.</summary>
internal static class RestoreTime
{
    // As a field for date and time sends it, and as it is written by hand.
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd' 'HH:mm", "yyyy-MM-dd' 'HH:mm:ss", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A date alone means the end of that day; a moment without an offset is in UTC.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="now">It must not lie after this.</param>
    /// <param name="field">The field that a refusal is about.</param>
    internal static Outcome<DateTimeOffset> Read(string? text, DateTimeOffset now, string field = "at")
    {
        text = text?.Trim();
        DateTimeOffset at;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            at = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero).AddTicks(-1);
        else if (!DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at))
            return Refusal.Invalid(field, "Write the time in UTC, as in 2030-12-31 18:00; a date alone means the end of that day.");
        // The day that it is goes on, and has an end all the same.
        return at <= now || day == DateOnly.FromDateTime(now.UtcDateTime) ? at : Refusal.Invalid(field, "That time is still to come; choose one that has been.");
    }
}
