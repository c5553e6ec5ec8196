namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>The stretches of time that activity is shown for, by their word in addresses.</summary>
/// <param name="Word">How it stands in an address.</param>
/// <param name="Label">How people read it.</param>
/// <param name="Days">How many days it goes back; null for all.</param>
internal sealed record ActivityPeriod(string Word, string Label, int? Days)
{
    private const int DaysOfQuarter = 91;
    private const int DaysOfYear = 364;

    internal static readonly IReadOnlyList<ActivityPeriod> All =
        [new("quarter", "3 months", DaysOfQuarter), new("year", "1 year", DaysOfYear), new("all", "All of it", null)];

    /// <summary>The one of that word; the year for any other.</summary>
    internal static ActivityPeriod Of(string? word) => All.FirstOrDefault(period => period.Word == word) ?? All[1];

    /// <summary>Its first day.</summary>
    internal DateOnly? Since(DateTimeOffset now) => Days is { } days ? DateOnly.FromDateTime(now.UtcDateTime).AddDays(-days) : null;
}
