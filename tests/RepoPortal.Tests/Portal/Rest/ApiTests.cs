using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Rest;

public sealed class ApiTests(Portals portals)
{
    private const string Path = "/api/v1/repositories";

    [Fact]
    public async Task Asks_for_a_token()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        using var anonymous = portal.Client();
        using var stranger = portal.Client("rpt_made-up");

        var sentence = await anonymous.GetAsync(Path).ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Contains("Authorization: Bearer TOKEN", sentence, StringComparison.Ordinal);
        Assert.Equal(sentence, await stranger.GetAsync(Path).ProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal("Bearer", (await anonymous.GetAsync(Path)).Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Answers_problems_for_addresses_and_methods_it_does_not_have()
    {
        var api = (await (await portals.OnAsync(Database.Sqlite)).PersonAsync()).Api;

        await api.GetAsync("/api/v1/nothing").ProblemAsync(HttpStatusCode.NotFound);
        Assert.Contains("GET", await api.DeleteAsync(Path).ProblemAsync(HttpStatusCode.MethodNotAllowed), StringComparison.Ordinal);
        await api.GetAsync($"{Path}/..%2f..%2fetc").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refuses_bodies_that_are_too_large()
    {
        var api = (await (await portals.OnAsync(Database.Sqlite)).PersonAsync()).Api;
        using var large = Json($$"""{"name":"x","description":"{{new string('a', 70_000)}}"}""");
        using var chunked = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"name":"{{new string('a', 70_000)}}"}""")));
        chunked.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = chunked, Headers = { TransferEncodingChunked = true } };

        Assert.Equal("The body is larger than 64 kB, or than 4 MB for path rules.", await api.PostAsync(Path, large).ProblemAsync(HttpStatusCode.RequestEntityTooLarge));
        await api.SendAsync(request).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Refuses_bodies_that_are_not_json()
    {
        var api = (await (await portals.OnAsync(Database.Sqlite)).PersonAsync()).Api;
        using var form = new FormUrlEncodedContent([new("name", "x")]);

        await api.PostAsync(Path, form).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        foreach (var body in new[] { "{", "", "[]", "\"x\"", "{\"name\":1}", "{\"name\":\"xy\",}" })
            await api.PostAsync(Path, Json(body)).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Names_what_it_does_not_know()
    {
        var api = (await (await portals.OnAsync(Database.Sqlite)).PersonAsync()).Api;

        Assert.Equal(
            "There is an unknown member at 'colour' in the body.",
            await api.PostAsync(Path, Json("""{"name":"xy","colour":"red"}""")).ProblemAsync(HttpStatusCode.BadRequest));
        Assert.Equal(
            "The value at 'visibility' cannot be taken: 'secret' is not one of private, internal, public.",
            await api.PostAsync(Path, Json("""{"name":"xy","visibility":"secret"}""")).ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Is_described_by_a_document_and_a_page_that_load_nothing_from_elsewhere()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        using var anonymous = portal.Client();

        var document = await anonymous.GetAsync("/openapi/v1.json").JsonAsync();
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        Assert.Contains("/api/v1/repositories/{name}/members/{user}", paths);
        Assert.Contains("/api/v1/admin/repositories", paths);
        var parameters = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Where(operation => operation.Value.TryGetProperty("parameters", out _))
            .SelectMany(operation => operation.Value.GetProperty("parameters").EnumerateArray()).Select(parameter => parameter.GetProperty("name").GetString()!).ToList();
        Assert.Contains("since", parameters);
        Assert.All(parameters, name => Assert.True(char.IsAsciiLetterLower(name[0]), name));
        var visibility = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Single(schema => schema.Name == "Visibility").Value;
        Assert.Equal(["private", "internal", "public"], visibility.GetProperty("enum").EnumerateArray().Select(value => value.GetString()));

        using var page = await anonymous.GetAsync("/api");
        using var followed = page.Headers.Location is { } location ? await anonymous.GetAsync(location) : page;
        var html = await followed.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        Assert.Contains("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("//cdn", html, StringComparison.Ordinal);
        Assert.DoesNotContain("fonts.", html, StringComparison.Ordinal);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
