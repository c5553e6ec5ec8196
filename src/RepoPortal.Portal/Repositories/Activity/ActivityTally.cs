namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>Sums commits up, in whatever order they come.</summary>
/// <param name="sizeBefore">What the store had before the first of them.</param>
internal sealed class ActivityTally(long sizeBefore)
{
    private const int DaysOfWeek = 7;

    private readonly Dictionary<DateOnly, (long Commits, long Bytes)> _weeks = [];
    private readonly Dictionary<string, (long Commits, DateTimeOffset? LastAt)> _authors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Commits, DateTimeOffset? LastAt)> _directories = new(StringComparer.Ordinal);
    private long _commits;

    /// <summary>Adds a commit. One without a date counts, but belongs to no week.</summary>
    internal void Add(DateTimeOffset? at, string? author, string commonPath, long sizeBytes)
    {
        _commits++;
        if (at is { } moment)
        {
            var week = Monday(DateOnly.FromDateTime(moment.UtcDateTime));
            var (commits, bytes) = _weeks.GetValueOrDefault(week);
            _weeks[week] = (commits + 1, bytes + sizeBytes);
        }

        Count(_authors, author ?? "nobody", at);
        Count(_directories, Directory(commonPath), at);
    }

    /// <summary>Everything so far.</summary>
    /// <param name="until">The day to go on to, with weeks that had nothing.</param>
    /// <param name="showsSize">Whether sizes are told.</param>
    /// <param name="reviewedFrom">The oldest revision that was looked at, when not all were.</param>
    internal RepositoryActivity Sum(DateOnly until, bool showsSize, long? reviewedFrom) =>
        new(_commits, [.. Weeks(until)], Shares(_authors), Shares(_directories), showsSize, reviewedFrom);

    private IEnumerable<ActivityWeek> Weeks(DateOnly until)
    {
        if (_weeks.Count == 0)
            yield break;
        // Dates of commits are whatever clients and imports said: one in the future ends the row.
        var (first, last) = (_weeks.Keys.Min(), _weeks.Keys.Append(Monday(until)).Max());
        var size = sizeBefore;
        for (var week = first; week <= last; week = week.AddDays(DaysOfWeek))
        {
            var (commits, bytes) = _weeks.GetValueOrDefault(week);
            size += bytes;
            yield return new ActivityWeek(week, commits, bytes, size);
        }
    }

    private static void Count(Dictionary<string, (long Commits, DateTimeOffset? LastAt)> counts, string name, DateTimeOffset? at)
    {
        var (commits, last) = counts.GetValueOrDefault(name);
        counts[name] = (commits + 1, last is null || at > last ? at ?? last : last);
    }

    private static IReadOnlyList<ActivityShare> Shares(Dictionary<string, (long Commits, DateTimeOffset? LastAt)> counts) =>
        [.. counts.Select(count => new ActivityShare(count.Key, count.Value.Commits, count.Value.LastAt)).OrderByDescending(share => share.Commits).ThenBy(share => share.Name, StringComparer.Ordinal)];

    // "/trunk/src/io" is "/trunk/src"; branches and tags are told apart by their names in the same way.
    private static string Directory(string path)
    {
        var second = path.Length > 1 ? path.IndexOf('/', 1) : -1;
        var third = second < 0 ? -1 : path.IndexOf('/', second + 1);
        return third < 0 ? path : path[..third];
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % DaysOfWeek));
}
