using System.Net;
using System.Text.Json;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Repositories.Settings;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Audit;

/// <summary>Who sees the audit, and in which forms.</summary>
public sealed class AuditEndpointsTests(Portals portals)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Pages_through_what_was_asked_for_the_latest_first(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        foreach (var description in (string[])["one", "two", "three"])
        {
            await portal.DoAsync<ChangeSettings, Outcome<Done>>(change =>
                change.ExecuteAsync(repository.Name.Value, new RepositorySettings(description, Visibility: null), owner.Actor, Token));
        }

        var http = administrator.Api;
        var first = await JsonAsync(http, $"/api/v1/admin/audit?repository={repository.Name}&limit=3");
        var entries = first.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["repository.changed", "repository.changed", "repository.changed"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(entries, entry => Assert.Equal(owner.Name.Value, entry.GetProperty("actor").GetString()));
        Assert.All(entries, entry => Assert.True(entry.GetProperty("effectiveAt").GetDateTimeOffset() >= entry.GetProperty("at").GetDateTimeOffset()));
        var second = await JsonAsync(http, $"/api/v1/admin/audit?repository={repository.Name}&limit=3&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal("repository.created", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("action").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);

        var narrowed = await JsonAsync(http, $"/api/v1/admin/audit?repository={repository.Name}&action=repository.created&since=2020-01-01&until=2999-12-31T00:00:00Z&actor={owner.Name}");
        Assert.Single(narrowed.GetProperty("items").EnumerateArray());
    }

    [Theory, OnEachDatabase]
    public async Task Comes_as_CSV_and_as_JSON_Lines_the_oldest_first(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var http = owner.Api;

        http.DefaultRequestHeaders.Add("Accept", "text/csv");
        var csv = await http.GetStringAsync($"/api/v1/repositories/{repository.Name}/audit", Token);
        Assert.StartsWith("id,at,actor,action,subject,repository,detail,effectiveAt,hash", csv, StringComparison.Ordinal);
        Assert.Contains("repository.created", csv.Split('\n')[1], StringComparison.Ordinal);
        var lines = (await http.GetStringAsync($"/api/v1/repositories/{repository.Name}/audit?format=jsonl", Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var entry = JsonElement.Parse(Assert.Single(lines));
        Assert.Equal(("repository.created", 64), (entry.GetProperty("action").GetString(), entry.GetProperty("hash").GetString()!.Length));
    }

    [Theory, OnEachDatabase]
    public async Task Is_for_administrators_and_a_repository_s_for_its_owners(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, stranger) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);

        Assert.Equal(HttpStatusCode.Forbidden, (await owner.Api.GetAsync("/api/v1/admin/audit", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}/audit", Token)).StatusCode);
        foreach (var format in (string[])["json", "csv", "jsonl"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Api.GetAsync($"/api/v1/repositories/{repository.Name}/audit?format={format}", Token)).StatusCode);
    }

    [Theory]
    [InlineData("since=yesterday")]
    [InlineData("until=2026-13-01")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("cursor=x")]
    [InlineData("format=xml")]
    [InlineData("repository=Not%20A%20Name")]
    public async Task Refuses_what_it_cannot_read_and_says_what_is_allowed(string query)
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var response = await (await portal.PersonAsync(administrator: true)).Api.GetAsync($"/api/v1/admin/audit?{query}", Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty(JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("detail").GetString()!);
    }

    private static async Task<JsonElement> JsonAsync(HttpClient http, string address) => JsonElement.Parse(await http.GetStringAsync(address, Token));
}
