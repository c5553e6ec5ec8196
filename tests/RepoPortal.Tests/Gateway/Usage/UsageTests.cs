using System.Net;
using Microsoft.AspNetCore.Http;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.Usage;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.Usage;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway.Usage;

/// <summary>What is counted of forwarded requests, and that all of it reaches the portal.</summary>
public sealed class UsageTests
{
    private static readonly DateTimeOffset Noon = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RepositoryId Somewhere = new(Guid.NewGuid());
    private static readonly UserName Ada = UserName.Parse("ada");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_requests_and_bytes_per_person_and_tells_the_rest_at_the_stop()
    {
        var upstream = new ScriptedUpstream();
        await upstream.InitializeAsync();
        upstream.Script = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, Token);
            await context.Response.WriteAsync("answer", Token);
        };
        var path = upstream.AddRepository("counted");
        var record = upstream.Gateway.Record;
        using var visitor = upstream.Gateway.Client();
        using var ada = upstream.Gateway.Client("ada", record.AddToken("ada"));
        await visitor.GetStringAsync(path, Token);
        for (var i = 0; i < 3; i++)
            await ada.GetStringAsync(path, Token);
        using var body = new ByteArrayContent(new byte[100_000]);
        await ada.PutAsync(path, body, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PutAsync(path, null, Token)).StatusCode);
        await upstream.DisposeAsync();

        var uses = record.Batches.SelectMany(batch => batch.Uses).ToLookup(use => use.User);
        Assert.Equal((1, 0, 6, 0), Sum(uses[null]));
        Assert.Equal((3, 1, 24, 100_000), Sum(uses[Ada]));
        var token = record.Tokens.Values.Single();
        Assert.Contains(record.Batches.SelectMany(batch => batch.Tokens), use => use.TokenId == token.TokenId && use.Address == "127.0.0.1");
    }

    [Fact]
    public async Task What_the_portal_does_not_take_is_told_again()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (counts, reporter) = (gateway.Service<UsageCounts>(), gateway.Service<UsageReporter>());
        gateway.Record.Away = true;
        counts.Add(Somewhere, Ada, RequestedAccess.Read, 10, 0, Noon);
        Assert.False(await reporter.TryTell());
        counts.Add(Somewhere, Ada, RequestedAccess.Write, 0, 20, Noon);
        gateway.Record.Away = false;
        Assert.True(await reporter.TryTell());
        Assert.Equal((1, 1, 10, 20), Sum(gateway.Record.Batches.SelectMany(batch => batch.Uses)));
    }

    [Fact]
    public void Adds_up_per_repository_person_and_day()
    {
        var counts = new UsageCounts();
        counts.Add(Somewhere, Ada, RequestedAccess.Read, 1, 0, Noon);
        counts.Add(Somewhere, Ada, RequestedAccess.Read, 2, 0, Noon.AddHours(1));
        counts.Add(Somewhere, Ada, RequestedAccess.Read, 4, 0, Noon.AddDays(1));
        counts.Add(Somewhere, null, RequestedAccess.Read, 8, 0, Noon);
        var uses = counts.Take()!.Uses.OrderBy(use => use.BytesSent).Select(use => (use.User, use.Day, use.BytesSent, use.LastAt));
        Assert.Equal(
            [
                (Ada, new DateOnly(2030, 5, 1), 3L, Noon.AddHours(1)),
                (Ada, new DateOnly(2030, 5, 2), 4L, Noon.AddDays(1)),
                ((UserName?)null, new DateOnly(2030, 5, 1), 8L, Noon),
            ],
            uses);
        Assert.Null(counts.Take());
    }

    [Fact]
    public void Remembers_no_more_than_its_capacity_and_says_what_it_lost()
    {
        var counts = new UsageCounts(capacity: 2);
        for (var i = 0; i < 5; i++)
            counts.Add(new RepositoryId(Guid.NewGuid()), Ada, RequestedAccess.Read, 1, 0, Noon);
        Assert.Equal(3, counts.Lost);
        Assert.Equal(2, counts.Take()!.Uses.Length);
    }

    private static (long Reads, long Writes, long Sent, long Received) Sum(IEnumerable<UseCount> uses) =>
        uses.Aggregate((0L, 0L, 0L, 0L), (sum, use) => (sum.Item1 + use.Reads, sum.Item2 + use.Writes, sum.Item3 + use.BytesSent, sum.Item4 + use.BytesReceived));
}
