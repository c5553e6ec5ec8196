using RepoPortal.Portal.Repositories.Activity;

namespace RepoPortal.Tests.Portal.Repositories.Activity;

public sealed class ActivityTallyTests
{
    [Fact]
    public void Weeks_begin_on_Monday_have_no_gaps_and_sizes_add_up()
    {
        var tally = new ActivityTally(sizeBefore: 100, new DateOnly(2026, 2, 1));
        tally.Add(At("2026-01-04T23:59:00Z"), "ada", "/trunk", 10); // a Sunday
        tally.Add(At("2026-01-05T00:00:00Z"), "ada", "/trunk", 20); // a Monday
        tally.Add(At("2026-01-20T12:00:00Z"), "ben", "/trunk", 30);
        tally.Add(null, null, "/", 0);

        var activity = tally.Sum(showsSize: true, reviewedFrom: null);

        Assert.Equal(
            [("2025-12-29", 1, 110), ("2026-01-05", 1, 130), ("2026-01-12", 0, 130), ("2026-01-19", 1, 160), ("2026-01-26", 0, 160)],
            activity.Weeks.Select(week => (week.Begin.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), (int)week.Commits, (int)week.SizeBytes)));
        Assert.Equal(4, activity.Commits);
        Assert.Equal([("ada", 2), ("ben", 1), ("nobody", 1)], activity.Authors.Select(share => (share.Name, (int)share.Commits)));
        Assert.Null(activity.Authors[^1].LastAt);
    }

    [Fact]
    public void A_commit_that_claims_to_be_of_the_future_ends_the_row()
    {
        var tally = new ActivityTally(sizeBefore: 0, new DateOnly(2026, 1, 6));
        tally.Add(At("2026-01-05T00:00:00Z"), "ada", "/", 1);
        tally.Add(At("2026-01-19T00:00:00Z"), "ada", "/", 1);
        Assert.Equal(3, tally.Sum(showsSize: true, reviewedFrom: null).Weeks.Count);
    }

    [Theory]
    [InlineData("2001-01-30", 5)]
    [InlineData("2001-12-31", 53)]
    [InlineData("2002-01-29", 57)]
    [InlineData("2002-02-05", 5)]
    public void A_year_without_a_commit_is_not_in_the_row(string today, int weeks)
    {
        var tally = new ActivityTally(sizeBefore: 0, DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));
        tally.Add(At("2001-01-01T00:00:00Z"), "ada", "/", 1);
        tally.Add(At("2001-01-29T00:00:00Z"), "ada", "/", 1);
        Assert.Equal(weeks, tally.Sum(showsSize: true, reviewedFrom: null).Weeks.Count);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_date_that_cannot_be_belongs_to_no_week_and_what_it_added_is_there_from_the_first(string date)
    {
        var tally = new ActivityTally(sizeBefore: 0, new DateOnly(2026, 1, 6));
        tally.Add(At("2026-01-05T00:00:00Z"), "ada", "/", 1);
        tally.Add(At(date), "ada", "/", 10);

        var activity = tally.Sum(showsSize: true, reviewedFrom: null);

        Assert.Equal(2, activity.Commits);
        Assert.Equal(11, Assert.Single(activity.Weeks).SizeBytes);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/trunk", "/trunk")]
    [InlineData("/trunk/src", "/trunk/src")]
    [InlineData("/trunk/src/io/deep", "/trunk/src")]
    [InlineData("/branches/1.x/src", "/branches/1.x")]
    public void Directories_are_told_apart_two_levels_deep(string path, string directory)
    {
        var tally = new ActivityTally(sizeBefore: 0, new DateOnly(2026, 1, 1));
        tally.Add(null, "ada", path, 0);
        Assert.Equal(directory, Assert.Single(tally.Sum(showsSize: true, reviewedFrom: null).Directories).Name);
    }

    [Fact]
    public void Nothing_is_no_week() => Assert.Empty(new ActivityTally(sizeBefore: 5, new DateOnly(2026, 1, 1)).Sum(showsSize: true, reviewedFrom: null).Weeks);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
