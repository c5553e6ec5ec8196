using Microsoft.Extensions.Time.Testing;
using RepoPortal.Gateway.Throttling;

namespace RepoPortal.Tests.Gateway.Throttling;

public sealed class AccountPressureTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Answers_to_wrong_tokens_of_one_name_come_later_and_later()
    {
        var pressure = new AccountPressure(TimeSpan.FromMinutes(1), _time);
        var delays = new List<TimeSpan>();
        for (var i = 0; i < 200; i++)
        {
            delays.Add(pressure.DelayOf("ada"));
            _ = pressure.Fail("ada", CancellationToken.None);
        }

        Assert.All(delays.Take(20), delay => Assert.Equal(TimeSpan.Zero, delay));
        Assert.Equal(delays.Order(), delays);
        Assert.Equal(TimeSpan.FromSeconds(5), delays[^1]);
        Assert.Equal(TimeSpan.Zero, pressure.DelayOf("bob"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, pressure.DelayOf("ada"));
    }

    [Fact]
    public async Task A_wrong_token_waits_for_its_answer()
    {
        var pressure = new AccountPressure(TimeSpan.FromMinutes(1), _time);
        for (var i = 0; i <= 20; i++)
            await pressure.Fail("ada", CancellationToken.None);
        var waiting = pressure.Fail("ada", CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(50));
        await waiting;
    }
}
