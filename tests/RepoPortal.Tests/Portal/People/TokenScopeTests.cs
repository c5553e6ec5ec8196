using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People;

/// <summary>Tokens for named repositories, and what they keep their person from doing.</summary>
public sealed class TokenScopeTests(Portals portals)
{
    private const string Tokens = "/api/v1/tokens";

    [Fact]
    public async Task A_token_for_named_repositories_sees_only_those()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync(administrator: true);
        var (mine, other) = (await portal.RepositoryAsync(person), await portal.RepositoryAsync(person));
        using var scoped = portal.Client(await MakeAsync(person.Api, "write", mine.Name.Value));

        Assert.Equal(HttpStatusCode.OK, (await scoped.GetAsync($"/api/v1/repositories/{mine.Name}")).StatusCode);
        await scoped.GetAsync($"/api/v1/repositories/{other.Name}").ProblemAsync(HttpStatusCode.NotFound);
        await scoped.PatchAsJsonAsync($"/api/v1/repositories/{other.Name}", new { description = "x" }).ProblemAsync(HttpStatusCode.NotFound);
        var listed = await scoped.GetFromJsonAsync<JsonArray>("/api/v1/repositories");
        Assert.Equal([mine.Name.Value], listed!.Select(row => row!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_token_for_named_repositories_is_good_for_nothing_else()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync(administrator: true);
        var mine = await portal.RepositoryAsync(person);
        using var scoped = portal.Client(await MakeAsync(person.Api, "write", mine.Name.Value));

        await scoped.PostAsJsonAsync("/api/v1/repositories", new { name = PortalHost.NewName("new") }).ProblemAsync(HttpStatusCode.Forbidden);
        await scoped.GetAsync("/api/v1/admin/repositories").ProblemAsync(HttpStatusCode.Forbidden);
        await scoped.GetAsync(Tokens).ProblemAsync(HttpStatusCode.Forbidden);
        await scoped.DeleteAsync($"{Tokens}/{Guid.NewGuid()}").ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_token_makes_none_that_may_do_more()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        var (mine, other) = (await portal.RepositoryAsync(person), await portal.RepositoryAsync(person));
        using var scoped = portal.Client(await MakeAsync(person.Api, "write", mine.Name.Value));
        using var reader = portal.Client(await MakeAsync(person.Api, "read"));

        await scoped.PostAsJsonAsync(Tokens, new { access = "write" }).ProblemAsync(HttpStatusCode.Forbidden);
        await scoped.PostAsJsonAsync(Tokens, new { access = "write", repositories = new[] { other.Name.Value } }).ProblemAsync(HttpStatusCode.BadRequest);
        await scoped.PostAsJsonAsync(Tokens, new { access = "write", repositories = new[] { mine.Name.Value }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(2) })
            .ProblemAsync(HttpStatusCode.Forbidden);
        await reader.PostAsJsonAsync(Tokens, new { access = "read" }).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.NotEmpty(await MakeAsync(scoped, "read", mine.Name.Value));
    }

    [Fact]
    public async Task Tokens_are_made_listed_and_revoked_over_the_api()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        var mine = await portal.RepositoryAsync(person);
        var end = TimeProvider.System.GetUtcNow().AddHours(12);
        var made = await PostAsync(person.Api, new { name = "robot", access = "read", repositories = new[] { mine.Name.Value }, expiresAt = end });
        Assert.Equal("read", made["access"]!.GetValue<string>());
        Assert.InRange(made["expiresAt"]!.GetValue<DateTimeOffset>() - end, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));

        var listed = await person.Api.GetFromJsonAsync<JsonArray>(Tokens);
        var robot = Assert.Single(listed!, row => row!["name"]!.GetValue<string>() == "robot")!;
        Assert.Equal([mine.Name.Value], robot["repositories"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.DoesNotContain(made["token"]!.GetValue<string>(), listed!.ToJsonString(), StringComparison.Ordinal);

        using var client = portal.Client(made["token"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/repositories")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await person.Api.DeleteAsync($"{Tokens}/{made["id"]}")).StatusCode);
        await client.GetAsync("/api/v1/repositories").ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"access":"owner"}""")]
    [InlineData("""{"access":"read","expiresAt":"2001-01-01T00:00:00Z"}""")]
    [InlineData("""{"access":"read","repositories":["no-such-repository"]}""")]
    public async Task Refuses_a_token_that_cannot_be_meant(string body)
    {
        var person = await (await portals.OnAsync(Database.Sqlite)).PersonAsync();
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        await person.Api.PostAsync(Tokens, content).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_refused_at_the_member_that_was_sent()
    {
        var person = await (await portals.OnAsync(Database.Sqlite)).PersonAsync();
        using var answer = await person.Api.PostAsJsonAsync(Tokens, new { name = new string('x', 101), access = "read" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!["name"]);
    }

    [Fact]
    public async Task A_repository_that_its_person_does_not_see_cannot_be_named()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var theirs = await portal.RepositoryAsync(await portal.PersonAsync());
        var administrator = await portal.PersonAsync(administrator: true);
        await administrator.Api.PostAsJsonAsync(Tokens, new { access = "read", repositories = new[] { theirs.Name.Value } }).ProblemAsync(HttpStatusCode.BadRequest);
    }

    private static async Task<string> MakeAsync(HttpClient api, string access, params string[] repositories) =>
        (await PostAsync(api, new { access, repositories }))["token"]!.GetValue<string>();

    private static async Task<JsonObject> PostAsync(HttpClient api, object body)
    {
        using var answer = await api.PostAsJsonAsync(Tokens, body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
