using Microsoft.Extensions.Time.Testing;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Tests.Portal.People.SignIn;

public sealed class FailureCountsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Makes_each_wait_twice_as_long_up_to_an_hour()
    {
        var counts = new FailureCounts<string>(free: 3, capacity: 10, _time);
        List<double> waits = [];
        for (var i = 0; i < 11; i++)
        {
            counts.Add("a");
            waits.Add(counts.WaitOf("a")?.TotalMinutes ?? 0);
            _time.Advance(TimeSpan.FromMinutes(waits[^1]));
        }

        Assert.Equal([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
        Assert.Null(counts.WaitOf("b"));
    }

    [Fact]
    public void Forgets_whoever_got_in_and_whoever_stopped()
    {
        var counts = new FailureCounts<string>(free: 1, capacity: 10, _time);
        counts.Add("a");
        counts.Add("b");
        counts.Forget("a");
        Assert.Null(counts.WaitOf("a"));
        _time.Advance(TimeSpan.FromHours(4));
        counts.Add("b");
        Assert.Equal(TimeSpan.FromMinutes(1), counts.WaitOf("b"));
    }

    [Fact]
    public void Remembers_no_more_than_it_may()
    {
        var counts = new FailureCounts<int>(free: 1, capacity: 3, _time);
        for (var key = 0; key < 5; key++)
            counts.Add(key);
        Assert.Equal([false, false, true, true, true], Enumerable.Range(0, 5).Select(key => counts.WaitOf(key) is not null));
    }
}
