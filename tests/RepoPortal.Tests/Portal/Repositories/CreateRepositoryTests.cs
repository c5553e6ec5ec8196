using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories;

public sealed class CreateRepositoryTests(Portals portals)
{
    private const string Path = "/api/v1/repositories";

    [Theory, OnEachDatabase]
    public async Task Answers_with_the_repository_and_where_it_is(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var name = PortalHost.NewName("climate");

        using var response = await owner.Api.PostAsJsonAsync(Path, new { name, description = "Ice", tier = "critical", visibility = "internal", layout = "standard" });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"{Path}/{name}", response.Headers.Location?.OriginalString);
        var repository = await owner.Api.GetAsync(response.Headers.Location).JsonAsync();
        Assert.Equal(name, repository.Text("name"));
        Assert.Equal("Ice", repository.Text("description"));
        Assert.Equal("provisioning", repository.Text("state"));
        Assert.Equal("critical", repository.Text("tier"));
        Assert.Equal("internal", repository.Text("visibility"));
        Assert.Equal($"{portal.Address}repos/{name}", repository.Text("svnUrl"));
        Assert.Equal([owner.Name.Value], repository.GetProperty("owners").EnumerateArray().Select(user => user.GetString()));
        Assert.Equal(0, repository.GetProperty("youngest").GetInt64());
        Assert.Equal("owner", repository.Text("access"));
    }

    [Theory, OnEachDatabase]
    public async Task Lets_exactly_one_of_many_simultaneous_requests_have_a_name(Database database)
    {
        var portal = await portals.OnAsync(database);
        var people = new[] { await portal.PersonAsync(), await portal.PersonAsync() };
        var name = PortalHost.NewName("contested");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => people[i % 2].Api.PostAsJsonAsync(Path, new { name })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal($"'{name}' is taken; choose another name.", await Task.FromResult(answers.First(answer => answer.StatusCode == HttpStatusCode.Conflict)).ProblemAsync(HttpStatusCode.Conflict));
        var parsed = RepositoryName.Parse(name);
        Assert.Equal(1, await portal.RecordAsync(record => record.Repositories.CountAsync(row => row.Name == parsed)));
    }

    [Theory, OnEachDatabase]
    public async Task Says_whether_a_name_is_free(Database database)
    {
        var portal = await portals.OnAsync(database);
        var taken = await portal.RepositoryAsync(await portal.PersonAsync());

        Assert.False((await portal.DoAsync<CheckName, NameCheck>(check => check.ExecuteAsync(taken.Name.Value, default))).IsFree);
        Assert.True((await portal.DoAsync<CheckName, NameCheck>(check => check.ExecuteAsync(PortalHost.NewName("free"), default))).IsFree);
        Assert.False((await portal.DoAsync<CheckName, NameCheck>(check => check.ExecuteAsync("No Way", default))).IsFree);
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("a")]
    [InlineData("../etc")]
    [InlineData("a/b")]
    [InlineData("x.lock")]
    [InlineData("repos")]
    [InlineData("<script>")]
    [InlineData("")]
    public async Task Refuses_a_name_outside_the_grammar_beside_its_field(string name)
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var owner = await portal.PersonAsync();

        var problem = await owner.Api.PostAsJsonAsync(Path, new { name }).JsonAsync(HttpStatusCode.BadRequest);

        Assert.NotEmpty(problem.GetProperty("errors").GetProperty("name")[0].GetString()!);
    }

    [Theory, OnEachDatabase]
    public async Task Names_the_tiers_when_it_is_asked_for_another(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();

        var sentence = await owner.Api.PostAsJsonAsync(Path, new { name = PortalHost.NewName("x1"), tier = "gold" }).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal("'gold' is not a tier; choose one of best-effort, standard, critical.", sentence);
    }

    [Fact]
    public async Task Refuses_external_collaborators()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var guest = await portal.PersonAsync("guest", UserKind.External);

        var sentence = await guest.Api.PostAsJsonAsync(Path, new { name = PortalHost.NewName("x2") }).ProblemAsync(HttpStatusCode.Forbidden);

        Assert.StartsWith("External collaborators do not create repositories", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("nul\0")]
    public async Task Refuses_a_description_that_is_not_one_line_of_text(string description)
    {
        var portal = await portals.OnAsync(Database.Postgres);
        var owner = await portal.PersonAsync();

        await owner.Api.PostAsync(Path, new StringContent(
            $$"""{"name":"{{PortalHost.NewName("x3")}}","description":"{{Escape(description)}}"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"))).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory, OnEachDatabase]
    public async Task Keeps_markup_as_the_text_it_is(Database database)
    {
        const string Markup = "<script>alert(1)</script> & \"quotes\" ' 漢字 🙂";
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();

        var repository = await portal.RepositoryAsync(owner, description: Markup);

        Assert.Equal(Markup, (await owner.Api.GetAsync($"{Path}/{repository.Name}").JsonAsync()).Text("description"));
    }

    [Theory, OnEachDatabase]
    public async Task Writes_down_who_did_it(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();

        var repository = await portal.RepositoryAsync(owner);

        var entry = await portal.RecordAsync(record => record.Audit.SingleAsync(row => row.RepositoryId == repository.Id));
        Assert.Equal(("repository.created", owner.Name.Value, repository.Name.Value), (entry.Action, entry.ActorName, entry.Subject));
    }

    [Theory, OnEachDatabase]
    public async Task Shows_somebody_elses_private_repository_as_not_found(Database database)
    {
        var portal = await portals.OnAsync(database);
        var repository = await portal.RepositoryAsync(await portal.PersonAsync());
        var stranger = await portal.PersonAsync();
        var administrator = await portal.PersonAsync(administrator: true);

        var missing = await stranger.Api.GetAsync($"{Path}/{PortalHost.NewName("missing")}").ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(missing, await stranger.Api.GetAsync($"{Path}/{repository.Name}").ProblemAsync(HttpStatusCode.NotFound));
        Assert.Equal(0, (await stranger.Api.GetAsync(Path).JsonAsync()).GetArrayLength());
        Assert.Equal("none", (await administrator.Api.GetAsync($"{Path}/{repository.Name}").JsonAsync()).Text("access"));
    }

    private static string Escape(string text) => string.Concat(text.Select(c => c < ' ' ? $"\\u{(int)c:x4}" : c.ToString()));
}
