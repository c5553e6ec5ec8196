using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway;

/// <summary>What attackers send: request lines and headers that are spelled to be read differently by gateway and httpd.</summary>
[Collection(nameof(HostedRepositories))]
public sealed class RawTargetTests(HostedRepositories hosted) : IAsyncLifetime
{
    private const string Secret = "theirs alone";

    private string _credentials = "";
    private string _mine = "";
    private string _theirs = "";

    private string Host => hosted.Gateway.Http.Authority;

    public async ValueTask InitializeAsync()
    {
        var mine = await hosted.CreateAsync(Visibility.Private, ("ada", AccessLevel.Owner));
        var theirs = await hosted.CreateAsync();
        await hosted.PutAsync(mine, "/file", "mine");
        await hosted.PutAsync(theirs, "/file", Secret);
        (_mine, _theirs) = (mine.Name.Value, theirs.Name.Value);
        _credentials = RunningGateway.Basic("ada", hosted.Record.AddToken("ada")).ToString();
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("/repos/{mine}/file", 200)]
    [InlineData("http://{host}/repos/{mine}/file", 200)]
    [InlineData("/repos/{theirs}/file", 404)]
    [InlineData("/repos/{mine}/../{theirs}/file", 400)]
    [InlineData("/repos/{mine}/%2e%2e/{theirs}/file", 400)]
    [InlineData("/repos/{mine}/%2E./{theirs}/file", 400)]
    [InlineData("/repos/{mine}/x/../../{theirs}/file", 400)]
    [InlineData("/repos/{mine}/..%2f{theirs}/file", 400)]
    [InlineData("/repos/{mine}/%2e%2e%2f{theirs}/file", 400)]
    [InlineData("/repos/{mine}/%252e%252e/{theirs}/file", 404)]
    [InlineData("/repos/{mine}/%%32e%%32e/{theirs}/file", 400)]
    [InlineData("/repos/{mine}/%2%65%2%65/{theirs}/file", 400)]
    [InlineData("/repos/{mine}/..\\{theirs}/file", 400)]
    [InlineData("/repos/{mine}/..;/{theirs}/file", 404)]
    [InlineData("/repos//{mine}/file", 400)]
    [InlineData("/repos/{mine}//file", 400)]
    [InlineData("/repos/./{mine}/file", 400)]
    [InlineData("/repos/{mine}/file%00", 400)]
    [InlineData("/repos/{mine}/file#x", 400)]
    [InlineData("/repos/{mine}%2ffile", 400)]
    [InlineData("http://evil.example/repos/{mine}/file", 400)]
    [InlineData("https://{host}/repos/{mine}/file", 400)]
    [InlineData("http://{host}/repos/{mine}/../{theirs}/file", 400)]
    [InlineData("/x/../repos/{mine}/file", 404)]
    [InlineData("/%72epos/{mine}/file", 404)]
    [InlineData("//repos/{mine}/file", 404)]
    public void Are_decided_for_the_repository_that_is_served(string target, int status)
    {
        var (answered, _, body) = Ask("GET", target, "");
        Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
        // What is not for the gateway goes to the portal, which here answers everything.
        Assert.Equal(status, body == "portal" ? 404 : answered);
    }

    [Theory]
    [InlineData("Destination: http://{host}/repos/{theirs}/copy", 502)]
    [InlineData("Destination: http://{host}/repos/{mine}/../{theirs}/copy", 400)]
    [InlineData("Destination: /repos/{mine}/%2e%2e/{theirs}/copy", 400)]
    [InlineData("Destination: http://elsewhere.example/repos/{mine}/copy", 502)]
    [InlineData("Destination: http://{host}/repos/{mine}/a\r\nDestination: http://{host}/repos/{theirs}/b", 400)]
    [InlineData("New-uri: /repos/{theirs}/copy", 403)]
    public void Nothing_is_copied_into_another_repository(string header, int status) =>
        Assert.Equal(status, Ask("COPY", "/repos/{mine}/file", header + "\r\n").Status);

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PATCH")]
    [InlineData("PROPFINDX")]
    [InlineData("get")]
    public void Methods_that_repositories_do_not_offer_are_named_as_such(string method)
    {
        var (status, head, _) = Ask(method, "/repos/{mine}/file", "");
        Assert.Equal(405, status);
        Assert.Contains("Allow: GET, HEAD, OPTIONS, PROPFIND, REPORT, PUT", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{host}")]
    [InlineData("/repos/{mine}/file")]
    public void Nobody_connects_through(string target)
    {
        var (status, _, body) = Ask("CONNECT", target, "");
        Assert.True(status is 400 or 405 || body == "portal", $"{status} {body}");
    }

    [Fact]
    public void Pipelined_requests_are_answered_in_order()
    {
        using var connection = RawConnection.Open(hosted.Gateway.Http);
        for (var i = 0; i < 20; i++)
            connection.Send(Fill($"GET /repos/{{mine}}/{(i % 2 == 0 ? "file" : "none")} HTTP/1.1\nHost: {{host}}\nAuthorization: {_credentials}\n\n"));
        for (var i = 0; i < 20; i++)
            Assert.Equal(i % 2 == 0 ? 200 : 404, connection.Receive().Status);
    }

    [Fact]
    public void A_malformed_body_is_the_clients_mistake()
    {
        using var connection = RawConnection.Open(hosted.Gateway.Http);
        connection.Send(Fill($"PROPFIND /repos/{{mine}}/file HTTP/1.1\nHost: {{host}}\nAuthorization: {_credentials}\nTransfer-Encoding: chunked\n\nnot a size\n\n"));
        Assert.Equal(400, connection.Receive().Status);
    }

    [Fact]
    public void An_old_client_without_a_host_is_served()
    {
        using var connection = RawConnection.Open(hosted.Gateway.Http);
        connection.Send(Fill($"GET /repos/{{mine}}/file HTTP/1.0\nAuthorization: {_credentials}\n\n"));
        Assert.Equal(200, connection.Receive().Status);
    }

    private (int Status, string Head, string Body) Ask(string method, string target, string headers)
    {
        using var connection = RawConnection.Open(hosted.Gateway.Http);
        connection.Send(Fill($"{method} {target} HTTP/1.1\nHost: {{host}}\nAuthorization: {_credentials}\nConnection: close\n{headers}\n"));
        return connection.Receive();
    }

    private string Fill(string text) => text.Replace("{mine}", _mine, StringComparison.Ordinal)
        .Replace("{theirs}", _theirs, StringComparison.Ordinal).Replace("{host}", Host, StringComparison.Ordinal);
}
