using System.Globalization;

namespace RepoPortal.Svn.Looking;

/// <summary>The text of svn:date, always UTC with microseconds: <c>2001-08-30T04:24:14.000000Z</c> (svn_time_to_cstring in svn_time.h).</summary>
internal static class SvnDate
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Null when there is no date, or one that people set to something else.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
