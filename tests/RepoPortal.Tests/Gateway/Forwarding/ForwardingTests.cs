using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway.Forwarding;

/// <summary>What goes up to httpd and what comes back, byte by byte and moment by moment.</summary>
public sealed class ForwardingTests(ScriptedUpstream upstream) : IClassFixture<ScriptedUpstream>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_back_end_gets_the_decided_user_and_the_key_and_nothing_else_that_decides()
    {
        IHeaderDictionary? got = null;
        string? target = null;
        upstream.Script = context =>
        {
            (got, target) = (new HeaderDictionary(context.Request.Headers.ToDictionary()), context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            return Task.CompletedTask;
        };
        upstream.AddRepository("headers");
        using var connection = RawConnection.Open(upstream.Gateway.Http);
        var credentials = RunningGateway.Basic("ada", upstream.Gateway.Record.AddToken("ada"));
        connection.Send(
            $"""
            GET /repos/headers/a%2Db/%5bx%5D?p=1&%41=%zz HTTP/1.1
            Host: svn.example.org:8080
            Authorization: {credentials}
            Cookie: session=1
            X-RepoPortal-Key: guessed
            X-Forwarded-For: 10.0.0.1
            X-Forwarded-Proto: https
            X-Forwarded-Anything: 1
            Forwarded: for=10.0.0.1
            New-uri: /repos/theirs/x
            Connection: X-RepoPortal-Key, keep-alive
            Accept-Encoding: svndiff1;q=0.9,gzip
            DAV: http://subversion.tigris.org/xmlns/dav/svn/depth


            """);
        Assert.Equal(200, connection.Receive().Status);
        Assert.Equal("/repos/headers/a%2Db/%5bx%5D?p=1&%41=%zz", target);
        Assert.Equal("svn.example.org:8080", got!.Host);
        Assert.Equal(ScriptedUpstream.Key, got["X-RepoPortal-Key"]);
        Assert.Equal(RunningGateway.Basic("ada", "-").ToString(), got.Authorization);
        Assert.Equal("svndiff1;q=0.9,gzip", got.AcceptEncoding);
        Assert.Equal(["Accept-Encoding", "Authorization", "DAV", "Host", "X-RepoPortal-Key"], got.Keys.Order(StringComparer.OrdinalIgnoreCase));

        connection.Send("GET /repos/headers/ HTTP/1.1\nHost: h\n\n");
        Assert.Equal(200, connection.Receive().Status);
        Assert.Equal(RunningGateway.Basic("anonymous", "-").ToString(), got.Authorization);
    }

    [Fact]
    public async Task The_client_gets_no_cookie_no_key_and_no_address_of_the_back_end()
    {
        upstream.Script = context =>
        {
            context.Response.Headers.SetCookie = "session=2";
            context.Response.Headers.ContentSecurityPolicy = "default-src *";
            context.Response.Headers.Location = $"http://{context.Request.Host}/repos/answers/%20x";
            context.Response.StatusCode = 201;
            return context.Response.WriteAsync("made");
        };
        using var client = upstream.Gateway.Client();
        using var response = await client.GetAsync(upstream.AddRepository("answers"), Token);
        Assert.Equal("made", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal($"{upstream.Gateway.Http}repos/answers/%20x", response.Headers.Location?.OriginalString);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain(ScriptedUpstream.Key, response.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_passes_while_it_is_being_sent()
    {
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Script = async context =>
        {
            var buffer = new byte[100];
            first.SetResult(await context.Request.Body.ReadAsync(buffer, Token));
            await context.Request.Body.CopyToAsync(Stream.Null, Token);
            context.Response.StatusCode = 201;
        };
        var path = upstream.AddRepository("upload");
        using var connection = RawConnection.Open(upstream.Gateway.Http);
        var credentials = RunningGateway.Basic("ada", upstream.Gateway.Record.AddToken("ada"));
        connection.Send($"PUT {path} HTTP/1.1\nHost: h\nAuthorization: {credentials}\nTransfer-Encoding: chunked\n\n10000\n{new string('x', 0x10000)}\n");
        Assert.NotEqual(0, await first.Task.WaitAsync(Patience, Token));
        connection.Send("0\n\n");
        Assert.Equal(201, connection.Receive().Status);
    }

    [Fact]
    public async Task An_answer_passes_while_it_is_being_made()
    {
        var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Script = async context =>
        {
            await context.Response.WriteAsync("hello", Token);
            await context.Response.Body.FlushAsync(Token);
            await more.Task;
            await context.Response.WriteAsync(", world", Token);
        };
        using var client = upstream.Gateway.Client();
        using var response = await client.GetAsync(upstream.AddRepository("download"), HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var buffer = new byte[5];
        await body.ReadExactlyAsync(buffer, Token).AsTask().WaitAsync(Patience, Token);
        more.SetResult();
        using var rest = new StreamReader(body);
        Assert.Equal(", world", await rest.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task A_body_of_64_MiB_passes_whole()
    {
        var counted = 0L;
        upstream.Script = async context =>
        {
            var buffer = new byte[1 << 16];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, Token)) > 0;)
                counted += read;
            context.Response.StatusCode = 201;
        };
        using var client = upstream.Gateway.Client("ada", upstream.Gateway.Record.AddToken("ada"));
        using var body = new ByteArrayContent(new byte[64 << 20]);
        using var response = await client.PutAsync(upstream.AddRepository("large"), body, Token);
        Assert.Equal((HttpStatusCode.Created, 64L << 20), (response.StatusCode, counted));
    }

    [Fact]
    public void A_client_that_waits_to_continue_is_told_to_when_the_back_end_wants_the_body()
    {
        upstream.Script = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await reader.ReadToEndAsync(Token), Token);
        };
        using var connection = Expecting(upstream.AddRepository("continue"), 5);
        Assert.Equal(100, connection.Receive().Status);
        connection.Send("hello");
        Assert.Equal("hello", connection.Receive().Body);
    }

    [Fact]
    public void A_client_that_waits_to_continue_hears_a_refusal_before_it_sends_anything()
    {
        upstream.Script = context =>
        {
            context.Response.StatusCode = 409;
            return Task.CompletedTask;
        };
        using var connection = Expecting(upstream.AddRepository("refuse"), 1 << 20);
        Assert.Equal(409, connection.Receive().Status);
    }

    [Fact]
    public async Task A_client_that_leaves_stops_the_work_upstream()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Script = async context =>
        {
            context.RequestAborted.Register(stopped.SetResult);
            started.SetResult();
            await stopped.Task;
        };
        var path = upstream.AddRepository("leave");
        using (var connection = RawConnection.Open(upstream.Gateway.Http))
        {
            connection.Send($"REPORT {path} HTTP/1.1\nHost: h\nContent-Length: 0\n\n");
            await started.Task.WaitAsync(Patience, Token);
        }

        await stopped.Task.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_not_taken_for_a_whole_one()
    {
        upstream.Script = async context =>
        {
            await context.Response.WriteAsync("half", Token);
            await context.Response.Body.FlushAsync(Token);
            context.Abort();
        };
        using var client = upstream.Gateway.Client();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(upstream.AddRepository("half"), Token));
    }

    private RawConnection Expecting(string path, int length)
    {
        var connection = RawConnection.Open(upstream.Gateway.Http);
        var credentials = RunningGateway.Basic("ada", upstream.Gateway.Record.AddToken("ada"));
        connection.Send($"PUT {path} HTTP/1.1\nHost: h\nAuthorization: {credentials}\nContent-Length: {length}\nExpect: 100-continue\n\n");
        return connection;
    }
}
