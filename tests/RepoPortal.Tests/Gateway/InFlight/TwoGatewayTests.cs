using System.Net;
using Microsoft.AspNetCore.Http;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway.InFlight;

/// <summary>Two servers of one cluster, each with a gateway: a change holds in both.</summary>
public sealed class TwoGatewayTests(ScriptedUpstream upstream) : IClassFixture<ScriptedUpstream>
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Warm_connections_are_refused_and_requests_in_flight_are_cut_in_both()
    {
        await using var second = await upstream.Gateway.StartSecondAsync();
        await second.IsSubscribedAsync();
        upstream.Script = async context =>
        {
            await context.Response.WriteAsync("begin", Token);
            await context.Response.Body.FlushAsync(Token);
            if (context.Request.Path.Value!.EndsWith("/long", StringComparison.Ordinal))
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        upstream.AddRepository("shared");
        var route = upstream.Gateway.Record.AddRoute("shared", Contracts.Repositories.Visibility.Private, members: [("ada", AccessLevel.Write), ("bob", AccessLevel.Read)]);
        var token = upstream.Gateway.Record.AddToken("bob");
        var clients = new[] { upstream.Gateway.Client("bob", token), second.Client("bob", token) };
        var held = new List<Task>();
        foreach (var client in clients)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/repos/shared/short", Token)).StatusCode);
            var response = await client.GetAsync("/repos/shared/long", HttpCompletionOption.ResponseHeadersRead, Token);
            held.Add(response.Content.CopyToAsync(Stream.Null, Token));
        }

        await upstream.Gateway.ChangeAsync(route with { People = route.People.Remove(UserName.Parse("bob")) });
        foreach (var client in clients)
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/repos/shared/short", Token)).StatusCode);
        foreach (var request in held)
            await Assert.ThrowsAsync<HttpRequestException>(() => request.WaitAsync(Promise, Token));
        foreach (var client in clients)
            client.Dispose();
    }
}
