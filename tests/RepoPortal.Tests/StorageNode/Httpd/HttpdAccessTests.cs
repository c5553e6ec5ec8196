using System.Net;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Httpd;

/// <summary>Who gets anything at all out of a node's httpd.</summary>
public sealed class HttpdAccessTests(HttpdAccessTests.Running running) : IClassFixture<HttpdAccessTests.Running>
{
    [Fact]
    public async Task Serves_a_repository_to_a_request_with_the_key_and_a_user_name()
    {
        using var client = running.Httpd.Client();

        using var response = await client.GetAsync("repos/alpha/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(NodeEndpoint.KeyHeader, response.Headers.Vary);
        Assert.Contains("Revision 0", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "repos")]
    [InlineData("GET", "repos/alpha/")]
    [InlineData("OPTIONS", "repos/alpha/")]
    [InlineData("PROPFIND", "repos/alpha/")]
    [InlineData("PUT", "repos/alpha/file")]
    [InlineData("GET", "repos/nothing")]
    [InlineData("GET", "httpd.conf")]
    public async Task Refuses_a_request_without_the_key_or_with_another(string method, string path)
    {
        using var without = running.Httpd.Client(withKey: false);
        using var another = running.Httpd.Client(withKey: false);
        another.DefaultRequestHeaders.Add(NodeEndpoint.KeyHeader, new string('0', 64));

        foreach (var client in (HttpClient[])[without, another])
        {
            using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("repos/")]
    [InlineData("httpd.conf")]
    [InlineData("httpd.pid")]
    public async Task Shows_nothing_but_repositories_even_with_the_key(string path)
    {
        using var client = running.Httpd.Client();

        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_request_without_a_user_name_is_asked_for_one()
    {
        using var client = running.Httpd.Client(user: null);

        using var response = await client.GetAsync("repos/alpha/");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    /// <summary>One httpd with one repository; nothing here changes it.</summary>
    public sealed class Running : IAsyncLifetime
    {
        internal RunningHttpd Httpd { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Httpd = await RunningHttpd.StartAsync();
            await Httpd.CreateRepositoryAsync("alpha");
        }

        public ValueTask DisposeAsync() => Httpd.DisposeAsync();
    }
}
