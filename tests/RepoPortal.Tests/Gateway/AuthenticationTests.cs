using System.Net;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Tests.Gateway.Fixtures;

namespace RepoPortal.Tests.Gateway;

/// <summary>Names, tokens, and those who try them.</summary>
[Collection(nameof(HostedRepositories))]
public sealed class AuthenticationTests(HostedRepositories hosted) : IAsyncLifetime
{
    private string _file = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var repository = await hosted.CreateAsync(Visibility.Internal);
        await hosted.PutAsync(repository, "/file", "content");
        _file = $"/repos/{repository.Name}/file";
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWRh")]
    [InlineData("Basic gICAgIA6gA==")]
    [InlineData("Basic Og==")]
    [InlineData("Bearer abc")]
    [InlineData("Digest username=\"ada\"")]
    [InlineData("nonsense")]
    public async Task A_malformed_header_is_answered_with_the_challenge(string header)
    {
        using var client = hosted.Gateway.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        using var response = await client.GetAsync(_file, Token);
        Assert.True(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, response.StatusCode.ToString());
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            Assert.Equal("Basic realm=\"RepoPortal\", charset=\"UTF-8\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task The_token_and_the_name_belong_together()
    {
        var token = hosted.Record.AddToken("carol");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("carol", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("dave", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Carol", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("carol", AccessToken.Create().Text));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("carol", token[..^1] + "!"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("carol", token));
    }

    [Fact]
    public async Task A_token_that_runs_out_while_it_is_remembered_is_refused()
    {
        var end = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1.5);
        var token = hosted.Record.AddToken("frank", expiresAt: end);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("frank", token));
        await Tests.Fixtures.Eventually.TrueAsync(() => TimeProvider.System.GetUtcNow() > end);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("frank", token));
    }

    [Fact]
    public async Task A_token_that_may_only_read_does_not_write()
    {
        var repository = await hosted.CreateAsync(Visibility.Private, ("gina", AccessLevel.Owner));
        using var client = hosted.Gateway.Client("gina", hosted.Record.AddToken("gina", readOnly: true));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/repos/{repository.Name}/", Token)).StatusCode);
        var refused = await client.PutAsync($"/repos/{repository.Name}/file", new StringContent("x"), Token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("This access token may only read", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_is_nobody()
    {
        using var client = hosted.Gateway.Client();
        client.DefaultRequestHeaders.Add("Cookie", ".AspNetCore.Identity.Application=anything");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(_file, Token)).StatusCode);
    }

    [Fact]
    public async Task A_warm_request_asks_the_portal_nothing()
    {
        var token = hosted.Record.AddToken("henry");
        using var client = hosted.Gateway.Client("henry", token);
        await client.GetStringAsync(_file, Token);
        var asked = hosted.Record.Asked;
        for (var i = 0; i < 20; i++)
            await client.GetStringAsync(_file, Token);
        Assert.Equal(asked, hosted.Record.Asked);
    }

    [Fact]
    public async Task Failed_attempts_are_slowed_down_and_a_warm_token_is_not()
    {
        var token = hosted.Record.AddToken("iris");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("iris", token));
        HttpStatusCode last;
        var attempts = 0;
        do
        {
            last = await StatusAsync("iris", AccessToken.Create().Text);
        }
        while (last == HttpStatusCode.Unauthorized && ++attempts < 50);

        Assert.Equal((HttpStatusCode.TooManyRequests, 5), (last, attempts));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("iris", token));
        using var client = hosted.Gateway.Client("iris", "wrong");
        using var response = await client.GetAsync(_file, Token);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("jack", hosted.Record.AddToken("jack")));
    }

    [Fact]
    public async Task A_right_token_is_taken_however_many_wrong_ones_were_tried()
    {
        for (var i = 0; i < 8; i++)
            await StatusAsync("kate", AccessToken.Create().Text);
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync("kate", AccessToken.Create().Text));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("kate", hosted.Record.AddToken("kate")));
    }

    [Fact]
    public async Task A_token_for_named_repositories_is_refused_elsewhere_as_if_there_were_nothing()
    {
        var (named, other) = (await hosted.CreateAsync(Visibility.Public), await hosted.CreateAsync(Visibility.Public));
        using var client = hosted.Gateway.Client("lena", hosted.Record.AddToken("lena", repositories: named.Copy.Repository));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/repos/{named.Name}/", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/repos/{other.Name}/", Token)).StatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync(string user, string token)
    {
        using var client = hosted.Gateway.Client(user, token);
        using var response = await client.GetAsync(_file, Token);
        return response.StatusCode;
    }
}
