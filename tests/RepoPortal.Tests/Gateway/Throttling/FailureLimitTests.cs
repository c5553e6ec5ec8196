using Microsoft.Extensions.Time.Testing;
using RepoPortal.Gateway.Throttling;

namespace RepoPortal.Tests.Gateway.Throttling;

public sealed class FailureLimitTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FailureLimit<string> _limit;

    public FailureLimitTests() => _limit = new(limit: 3, TimeSpan.FromMinutes(1), capacity: 4, _time);

    [Fact]
    public void Lets_some_failures_pass_and_then_asks_to_wait_for_the_rest_of_the_window()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(_limit.WaitOf("ada"));
            _limit.Add("ada");
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(TimeSpan.FromSeconds(30), _limit.WaitOf("ada"));
        Assert.Null(_limit.WaitOf("bob"));
    }

    [Fact]
    public void Begins_anew_after_the_window()
    {
        for (var i = 0; i < 5; i++)
            _limit.Add("ada");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(_limit.WaitOf("ada"));
        _limit.Add("ada");
        Assert.Null(_limit.WaitOf("ada"));
    }

    [Fact]
    public void Remembers_no_more_than_its_capacity_and_forgets_the_oldest()
    {
        for (var i = 0; i < 3; i++)
            _limit.Add("first");
        for (var i = 0; i < 4; i++)
            _limit.Add($"other {i}");
        Assert.Null(_limit.WaitOf("first"));
        for (var i = 0; i < 2; i++)
            _limit.Add("other 3");
        Assert.NotNull(_limit.WaitOf("other 3"));
    }
}
