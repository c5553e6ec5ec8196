using System.Diagnostics;
using System.Net;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway.Forwarding;

/// <summary>Back ends that are away, come back, or break off.</summary>
public sealed class OutageTests(ScriptedUpstream upstream) : IClassFixture<ScriptedUpstream>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_waits_for_a_back_end_that_comes_back(bool elsewhere)
    {
        upstream.Script = Answer;
        var path = upstream.AddRepository($"comes-back-{elsewhere}".ToLowerInvariant());
        using var client = upstream.Gateway.Client("ada", upstream.Gateway.Record.AddToken("ada"));
        await client.GetStringAsync(path, Token);
        await upstream.StopAsync();
        var held = client.PutAsync(path, new StringContent("body"), Token);
        await Task.WhenAny(held, Task.Delay(300, Token));
        Assert.False(held.IsCompleted);
        await upstream.StartAsync(elsewhere);
        Assert.Equal("body", await (await held).Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_longer_outage_is_told_with_a_sentence_and_when_to_try_again()
    {
        var path = upstream.AddRepository("stays-away");
        await upstream.StopAsync();
        using var client = upstream.Gateway.Client();
        using var response = await client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("does not answer at the moment", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await upstream.StartAsync();
    }

    [Fact]
    public async Task A_read_without_a_body_is_repeated_once_when_the_back_end_breaks_off()
    {
        var asked = 0;
        upstream.Script = context =>
        {
            if (Interlocked.Increment(ref asked) == 1)
                context.Abort();
            return Answer(context);
        };
        using var client = upstream.Gateway.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(upstream.AddRepository("breaks-off"), Token)).StatusCode);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_write_is_not_repeated_when_the_back_end_breaks_off()
    {
        var asked = 0;
        upstream.Script = async context =>
        {
            asked++;
            await context.Request.Body.CopyToAsync(Stream.Null, Token);
            context.Abort();
        };
        using var client = upstream.Gateway.Client("ada", upstream.Gateway.Record.AddToken("ada"));
        using var response = await client.PutAsync(upstream.AddRepository("breaks-a-write"), new StringContent("x"), Token);
        Assert.Equal((HttpStatusCode.BadGateway, 1), (response.StatusCode, asked));
        Assert.Contains("broke off", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_portal_is_away_warm_requests_go_on_and_cold_ones_are_told_so()
    {
        upstream.Script = Answer;
        var warm = upstream.AddRepository("warm");
        using var client = upstream.Gateway.Client();
        await client.GetStringAsync(warm, Token);
        upstream.Gateway.Record.Away = true;
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(warm, Token)).StatusCode);
        var cold = await client.GetAsync(upstream.AddRepository("cold"), Token);
        upstream.Gateway.Record.Away = false;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, cold.StatusCode);
        Assert.NotNull(cold.Headers.RetryAfter);
    }

    [Fact]
    public async Task Svn_does_not_notice_that_httpd_was_killed_between_two_requests()
    {
        await using var httpd = await RunningHttpd.StartAsync();
        await using var gateway = await RunningGateway.StartAsync();
        gateway.Record.Endpoint = () => httpd.Endpoint;
        await gateway.IsSubscribedAsync();
        await httpd.CreateRepositoryAsync("killed");
        gateway.Record.AddRoute("killed", Visibility.Private, members: ("ada", AccessLevel.Owner));
        using var svn = new SvnUser("ada", gateway.Record.AddToken("ada"));
        var url = $"{gateway.Http}repos/killed";
        for (var round = 0; round < 3; round++)
        {
            await svn.RunAsync("mkdir", "-m", "before", $"{url}/before-{round}");
            using (var process = Process.GetProcessById(httpd.Service.ProcessId!.Value))
                process.Kill(entireProcessTree: true);
            await svn.RunAsync("mkdir", "-m", "after", $"{url}/after-{round}");
        }

        Assert.Equal("6", await svn.RunAsync("info", "--show-item", "revision", url));
    }

    private static Task Answer(Microsoft.AspNetCore.Http.HttpContext context) => context.Request.Body.CopyToAsync(context.Response.Body, Token);
}
