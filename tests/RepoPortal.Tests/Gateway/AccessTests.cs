using System.Net;
using System.Text;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway;

/// <summary>Who gets an answer from httpd and who does not, over HTTP.</summary>
[Collection(nameof(HostedRepositories))]
public sealed class AccessTests(HostedRepositories hosted)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_removed_member_is_refused_on_the_next_request_over_a_warm_connection()
    {
        var repository = await hosted.CreateAsync(Visibility.Private, ("ada", AccessLevel.Owner), ("bob", AccessLevel.Write));
        await hosted.PutAsync(repository, "/file", "content");
        using var bob = hosted.Gateway.Client("bob", hosted.Record.AddToken("bob"));
        for (var i = 0; i < 3; i++)
            Assert.Equal("content", await bob.GetStringAsync($"/repos/{repository.Name}/file", Token));

        await hosted.Gateway.ChangeAsync(repository with { People = repository.People.Remove(UserName.Parse("bob")) });
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/repos/{repository.Name}/file", Token)).StatusCode);
    }

    [Fact]
    public async Task A_suspended_person_is_refused_on_the_next_request_over_a_warm_connection()
    {
        var repository = await hosted.CreateAsync(Visibility.Internal);
        await hosted.PutAsync(repository, "/file", "content");
        using var eve = hosted.Gateway.Client("eve", hosted.Record.AddToken("eve"));
        Assert.Equal("content", await eve.GetStringAsync($"/repos/{repository.Name}/file", Token));
        await hosted.Gateway.SuspendAsync("eve");
        Assert.Equal(HttpStatusCode.Unauthorized, (await eve.GetAsync($"/repos/{repository.Name}/file", Token)).StatusCode);
    }

    [Fact]
    public async Task A_path_rule_that_changes_holds_on_the_next_request()
    {
        var repository = await hosted.CreateAsync(Visibility.Public);
        await hosted.PutAsync(repository, "/file", "content");
        using var anyone = hosted.Gateway.Client();
        Assert.Equal("content", await anyone.GetStringAsync($"/repos/{repository.Name}/file", Token));

        var accessFile = Path.Combine(hosted.Httpd.Directories.Store, repository.Name.Value, "conf", "authz");
        await File.WriteAllTextAsync(accessFile, "[/]\n* = rw\n[/file]\n* =\nada = r\n", Token);
        await hosted.Gateway.ChangeAsync(repository);

        var asked = await anyone.GetAsync($"/repos/{repository.Name}/file", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.NotEmpty(asked.Headers.WwwAuthenticate);
        using var ada = hosted.Gateway.Client("ada", hosted.Record.AddToken("ada"));
        Assert.Equal("content", await ada.GetStringAsync($"/repos/{repository.Name}/file", Token));
        using var bob = hosted.Gateway.Client("bob", hosted.Record.AddToken("bob"));
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.GetAsync($"/repos/{repository.Name}/file", Token)).StatusCode);
    }

    [Fact]
    public async Task A_change_holds_under_every_name_of_a_repository()
    {
        var repository = await hosted.CreateAsync(Visibility.Private, ("bob", AccessLevel.Write));
        await hosted.PutAsync(repository, "/file", "content");
        var alias = repository with { Name = RepositoryName.Parse($"{repository.Name}-before") };
        File.CreateSymbolicLink(Path.Combine(hosted.Httpd.Directories.Serve, alias.Name.Value), $"../store/{repository.Name}");
        hosted.Record.Routes[alias.Name] = alias;
        using var bob = hosted.Gateway.Client("bob", hosted.Record.AddToken("bob"));
        Assert.Equal("content", await bob.GetStringAsync($"/repos/{alias.Name}/file", Token));

        hosted.Record.Routes[alias.Name] = alias with { People = alias.People.Clear(), AccessVersion = 2 };
        await hosted.Gateway.ChangeAsync(repository with { People = repository.People.Clear() });

        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/repos/{alias.Name}/file", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/repos/{repository.Name}/file", Token)).StatusCode);
    }

    [Fact]
    public async Task Other_content_under_the_same_name_is_seen_at_once()
    {
        var first = await hosted.CreateAsync(Visibility.Public);
        await hosted.PutAsync(first, "/file", "first");
        var second = await hosted.CreateAsync(Visibility.Public);
        await hosted.PutAsync(second, "/file", "second");
        using var anyone = hosted.Gateway.Client();
        Assert.Equal("first", await anyone.GetStringAsync($"/repos/{first.Name}/file", Token));

        var served = Path.Combine(hosted.Httpd.Directories.Serve, first.Name.Value);
        File.Delete(served);
        File.CreateSymbolicLink(served, $"../store/{second.Name}");
        await hosted.Gateway.ChangeAsync(second with { Name = first.Name, AccessVersion = 1 });
        Assert.Equal("second", await anyone.GetStringAsync($"/repos/{first.Name}/file", Token));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PROPFIND")]
    [InlineData("PUT")]
    public async Task What_is_not_there_and_what_is_not_yours_answer_alike(string method)
    {
        var theirs = await hosted.CreateAsync();
        using var nobody = hosted.Gateway.Client();
        using var mallory = hosted.Gateway.Client("mallory", hosted.Record.AddToken("mallory"));
        foreach (var client in new[] { nobody, mallory })
        {
            var there = await DescribeAsync(client, method, $"/repos/{theirs.Name}/file");
            Assert.Equal(there, await DescribeAsync(client, method, "/repos/not-there/file"));
            Assert.Equal(there, await DescribeAsync(client, method, "/repos/Not_A_Name/file"));
            Assert.StartsWith(client == nobody ? "Unauthorized" : "NotFound", there, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Everything_from_a_repository_is_isolated_from_the_portal()
    {
        var repository = await hosted.CreateAsync(Visibility.Public);
        await hosted.PutAsync(repository, "/page.html", "<script>alert(1)</script>");
        using var anyone = hosted.Gateway.Client();
        foreach (var path in new[] { $"/repos/{repository.Name}/page.html", $"/repos/{repository.Name}/", "/repos/nowhere", "/repos/nowhere/%zz", "/repos" })
        {
            var response = await anyone.GetAsync(path, Token);
            Assert.Equal("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task A_browser_is_sent_from_a_directory_to_its_page_and_wget_is_not()
    {
        var repository = await hosted.CreateAsync(Visibility.Public);
        await hosted.PutAsync(repository, "/file", "content");
        using var client = hosted.Gateway.Client();
        Assert.Contains("file", await client.GetStringAsync($"/repos/{repository.Name}/", Token), StringComparison.Ordinal);

        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        foreach (var (path, page) in new[] { ($"/repos/{repository.Name}/", $"/r/{repository.Name}"), ("/repos/nowhere/trunk/", "/r/nowhere/tree/trunk"), ("/repos/", "/") })
        {
            var response = await client.GetAsync(path, Token);
            Assert.Equal((HttpStatusCode.Found, page), (response.StatusCode, response.Headers.Location?.OriginalString));
        }

        Assert.Equal("content", await client.GetStringAsync($"/repos/{repository.Name}/file", Token));
    }

    [Fact]
    public async Task A_redirect_of_httpd_names_the_address_that_the_client_used()
    {
        var repository = await hosted.CreateAsync(Visibility.Public);
        using var tls = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" } });
        var response = await tls.GetAsync($"{hosted.Gateway.Https}repos/{repository.Name}", Token);
        Assert.Equal((HttpStatusCode.MovedPermanently, $"{hosted.Gateway.Https}repos/{repository.Name}/"), (response.StatusCode, response.Headers.Location?.AbsoluteUri));
    }

    [Fact]
    public async Task An_address_that_is_not_for_the_gateway_goes_to_the_portal()
    {
        using var client = hosted.Gateway.Client();
        Assert.Equal("portal", await client.GetStringAsync("/repositories", Token));
    }

    private static async Task<string> DescribeAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request, Token);
        var text = new StringBuilder().AppendLine(response.StatusCode.ToString());
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Date"))
            text.AppendLine(null, $"{name}: {string.Join(", ", values)}");
        return text.Append(await response.Content.ReadAsStringAsync(Token)).ToString();
    }
}
