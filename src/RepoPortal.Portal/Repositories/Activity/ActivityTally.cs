namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>Sums commits up, in whatever order they come.</summary>
/// <param name="sizeBefore">What the store had before the first of them.</param>
/// <param name="until">The day to go on to, with weeks that had nothing; where nothing happened for a year and longer, the last commit ends the row.</param>
internal sealed class ActivityTally(long sizeBefore, DateOnly until)
{
    private const int DaysOfWeek = 7;

    // Dates of commits are whatever clients and imports said. Beyond these there is no week, or a row of them would have no end.
    private const int DaysAhead = 365;
    private static readonly DateOnly Earliest = new(1970, 1, 1);

    private readonly Dictionary<DateOnly, (long Commits, long Bytes)> _weeks = [];
    private readonly Dictionary<string, (long Commits, DateTimeOffset? LastAt)> _authors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Commits, DateTimeOffset? LastAt)> _directories = new(StringComparer.Ordinal);
    private long _commits;
    private long _undatedBytes;

    /// <summary>Adds a commit. One without a date that can be counts, but belongs to no week.</summary>
    internal void Add(DateTimeOffset? at, string? author, string commonPath, long sizeBytes)
    {
        _commits++;
        if (at is { } moment && DateOnly.FromDateTime(moment.UtcDateTime) is var day && day >= Earliest && day <= until.AddDays(DaysAhead))
        {
            var week = Monday(day);
            var (commits, bytes) = _weeks.GetValueOrDefault(week);
            _weeks[week] = (commits + 1, bytes + sizeBytes);
        }
        else
        {
            _undatedBytes += sizeBytes;
        }

        Count(_authors, author ?? "nobody", at);
        Count(_directories, Directory(commonPath), at);
    }

    /// <summary>Everything so far.</summary>
    /// <param name="showsSize">Whether sizes are told.</param>
    /// <param name="reviewedFrom">The oldest revision that was looked at, when not all were.</param>
    internal RepositoryActivity Sum(bool showsSize, long? reviewedFrom) =>
        new(_commits, [.. Weeks()], Shares(_authors), Shares(_directories), showsSize, reviewedFrom);

    private IEnumerable<ActivityWeek> Weeks()
    {
        if (_weeks.Count == 0)
            yield break;
        // A commit that claims to be of the future ends the row. A repository that has rested for decades would otherwise be a curve of its rest.
        var (first, last) = (_weeks.Keys.Min(), _weeks.Keys.Max());
        if (last >= until.AddYears(-1) && last < until)
            last = Monday(until);
        var size = sizeBefore + _undatedBytes;
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
