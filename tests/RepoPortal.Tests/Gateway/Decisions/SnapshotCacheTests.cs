using Microsoft.Extensions.Time.Testing;
using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.Decisions;

namespace RepoPortal.Tests.Gateway.Decisions;

public sealed class SnapshotCacheTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SnapshotLease _lease;
    private readonly SnapshotCache<string, string> _cache;
    private readonly Queue<TaskCompletionSource<string?>> _loads = [];

    public SnapshotCacheTests()
    {
        _lease = new SnapshotLease(_time);
        _cache = new(capacity: 16, _lease, _ =>
        {
            var load = new TaskCompletionSource<string?>();
            _loads.Enqueue(load);
            return load.Task;
        });
        _lease.Renew(_time.GetTimestamp());
    }

    [Fact]
    public async Task Asks_once_and_remembers()
    {
        Assert.Equal("value", await Load("key", "value"));
        Assert.Equal("value", await Get("key"));
        Assert.Empty(_loads);
    }

    [Fact]
    public async Task Those_who_ask_at_the_same_time_wait_for_one_load()
    {
        var asked = Enumerable.Range(0, 5).Select(_ => Get("key")).ToArray();
        _loads.Dequeue().SetResult("value");
        Assert.All(await Task.WhenAll(asked), value => Assert.Equal("value", value));
        Assert.Empty(_loads);
    }

    [Fact]
    public async Task A_load_that_was_overtaken_by_a_change_serves_only_those_who_asked_before()
    {
        var before = Get("key");
        _cache.Forget("key");
        var after = Get("key");
        Assert.Equal(2, _loads.Count);
        _loads.Dequeue().SetResult("old");
        Assert.Equal("old", await before);
        Assert.False(after.IsCompleted);
        _loads.Dequeue().SetResult("new");
        Assert.Equal("new", await after);
        Assert.Equal("new", await Get("key"));
    }

    [Fact]
    public async Task A_change_of_a_person_also_takes_what_is_still_being_loaded()
    {
        await Load("kept", "bob");
        await Load("dropped", "ada");
        _ = Get("unknown yet");
        _loads.Dequeue();
        _cache.Forget((string value) => value == "ada");
        Assert.True(_cache.TryGetWarm("kept", out _));
        Assert.False(_cache.TryGetWarm("dropped", out _));
        _ = Get("unknown yet");
        Assert.Single(_loads);
    }

    [Fact]
    public async Task Does_not_remember_that_there_is_none()
    {
        Assert.Null(await Load("key", null));
        Assert.Equal("value", await Load("key", "value"));
    }

    [Fact]
    public async Task Does_not_remember_a_failure()
    {
        var asked = Get("key");
        _loads.Dequeue().SetException(new InvalidOperationException("away"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => asked);
        Assert.Equal("value", await Load("key", "value"));
    }

    [Fact]
    public async Task Trusts_nothing_after_the_lease_and_nothing_from_before_the_next_one()
    {
        await Load("key", "old");
        _time.Advance(AccessLease.Duration);
        Assert.Equal("fresh", await Load("key", "fresh"));
        Assert.Equal("fresher", await Load("key", "fresher"));
        _lease.Renew(_time.GetTimestamp());
        Assert.Equal("newest", await Load("key", "newest"));
        Assert.Equal("newest", await Get("key"));
    }

    [Fact]
    public async Task Keeps_what_it_knows_while_the_lease_is_renewed_in_time()
    {
        await Load("key", "value");
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(AccessLease.Renewal);
            _lease.Renew(_time.GetTimestamp());
            Assert.Equal("value", await Get("key"));
        }
    }

    [Fact]
    public async Task A_renewal_that_took_longer_than_the_lease_begins_a_new_term()
    {
        await Load("key", "old");
        var sentAt = _time.GetTimestamp();
        _time.Advance(AccessLease.Duration - TimeSpan.FromSeconds(0.5));
        _lease.Renew(sentAt);
        Assert.False(_cache.TryGetWarm("key", out _));
        _lease.Renew(_time.GetTimestamp());
        Assert.Equal("new", await Load("key", "new"));
    }

    [Fact]
    public async Task Remembers_no_more_than_its_capacity()
    {
        for (var i = 0; i < 200; i++)
            await Load($"key {i}", "value");
        Assert.InRange(_cache.Count, 8, 17);
    }

    [Fact]
    public async Task One_who_stops_waiting_does_not_stop_the_load()
    {
        using var impatient = new CancellationTokenSource();
        var first = _cache.Get("key", impatient.Token).AsTask();
        var second = Get("key");
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _loads.Dequeue().SetResult("value");
        Assert.Equal("value", await second);
    }

    private Task<string?> Get(string key) => _cache.Get(key, TestContext.Current.CancellationToken).AsTask();

    private async Task<string?> Load(string key, string? value)
    {
        var asked = Get(key);
        _loads.Dequeue().SetResult(value);
        return await asked;
    }
}
