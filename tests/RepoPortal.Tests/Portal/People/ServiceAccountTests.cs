using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People;

/// <summary>Accounts for programs: named repositories, tokens of their own, and never longer than their owner.</summary>
public sealed class ServiceAccountTests(Portals portals)
{
    private const string Accounts = "/api/v1/service-accounts";

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task An_owner_makes_one_with_tokens_that_are_good_for_its_repositories_only(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var (named, other) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        var (first, second) = (await MakeAsync(owner, named), await MakeAsync(owner, named)); // neither has an e-mail address
        Assert.NotEqual(first, second);

        using var client = portal.Client(await MakeTokenAsync(owner, first));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/repositories/{named.Name}")).StatusCode);
        await client.GetAsync($"/api/v1/repositories/{other.Name}").ProblemAsync(HttpStatusCode.NotFound);
        await client.GetAsync(Accounts).ProblemAsync(HttpStatusCode.Forbidden);
        await owner.Api.PostAsJsonAsync($"{Accounts}/{first}/tokens", new { access = "read", repositories = Names(other) }).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Only_an_owner_of_the_repository_makes_one_for_it()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var (owner, writer) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await GiveAsync(portal, repository, writer, owner, AccessLevel.Write);
        var body = new { name = PortalHost.NewName("robot"), access = "read", repositories = Names(repository) };
        await writer.Api.PostAsJsonAsync(Accounts, body).ProblemAsync(HttpStatusCode.Forbidden);
        await (await portal.PersonAsync()).Api.PostAsJsonAsync(Accounts, body).ProblemAsync(HttpStatusCode.BadRequest);
        await owner.Api.PostAsJsonAsync(Accounts, new { body.name, access = "owner", body.repositories }).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task It_stops_working_with_its_owner_and_works_again_with_them()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        using var client = portal.Client(await MakeTokenAsync(owner, await MakeAsync(owner, repository)));
        var address = $"/api/v1/repositories/{repository.Name}";

        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.SuspendAsync(owner.Name.Value, administrator.Actor, default));
        await client.GetAsync(address).ProblemAsync(HttpStatusCode.Unauthorized);
        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.ResumeAsync(owner.Name.Value, administrator.Actor, default));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address)).StatusCode);
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await portal.RecordAsync(record => record.Users.Where(user => user.Id == owner.Actor.UserId).ExecuteUpdateAsync(user => user.SetProperty(row => row.EndsAt, past)));
        await client.GetAsync(address).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_owner_takes_one_over_that_reaches_nothing_else_and_its_tokens_end()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var (owner, second) = (await portal.PersonAsync(), await portal.PersonAsync());
        var (shared, mine) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        await GiveAsync(portal, shared, second, owner, AccessLevel.Owner);
        var (narrow, wide) = (await MakeAsync(owner, shared), await MakeAsync(owner, shared, mine));
        using var client = portal.Client(await MakeTokenAsync(owner, narrow));

        await second.Api.PostAsync($"{Accounts}/{wide}/take-over", null).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NoContent, (await second.Api.PostAsync($"{Accounts}/{narrow}/take-over", null)).StatusCode);
        await client.GetAsync($"/api/v1/repositories/{shared.Name}").ProblemAsync(HttpStatusCode.Unauthorized);
        await owner.Api.PostAsJsonAsync($"{Accounts}/{narrow}/tokens", new { access = "read" }).ProblemAsync(HttpStatusCode.NotFound);
        Assert.NotEmpty(await MakeTokenAsync(second, narrow));
    }

    [Fact]
    public async Task An_ended_one_has_neither_tokens_nor_access()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var robot = await MakeAsync(owner, repository);
        using var client = portal.Client(await MakeTokenAsync(owner, robot));
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync($"{Accounts}/{robot}")).StatusCode);
        await client.GetAsync($"/api/v1/repositories/{repository.Name}").ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.DoesNotContain((await portal.ViewAsync(repository, owner)).Members, member => member.User.Value == robot);
    }

    private static string[] Names(params RepositoryView[] repositories) => [.. repositories.Select(repository => repository.Name.Value)];

    private static async Task<string> MakeAsync(TestPerson owner, params RepositoryView[] repositories)
    {
        var name = PortalHost.NewName("robot");
        using var answer = await owner.Api.PostAsJsonAsync(Accounts, new { name, purpose = "builds", access = "write", repositories = Names(repositories) });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return name;
    }

    private static async Task<string> MakeTokenAsync(TestPerson owner, string account)
    {
        using var answer = await owner.Api.PostAsJsonAsync($"{Accounts}/{account}/tokens", new { access = "write" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>();
    }

    private static Task<Outcome<MemberView>> GiveAsync(PortalHost portal, RepositoryView repository, TestPerson person, TestPerson by, AccessLevel access) =>
        portal.DoAsync<SetMember, Outcome<MemberView>>(set => set.ExecuteAsync(repository.Name.Value, person.Name.Value, new NewGrant(access), by.Actor, default));
}
