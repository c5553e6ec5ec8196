using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories;

public sealed class MemberTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Gives_changes_and_takes_access(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, other) = (await portal.PersonAsync(), await portal.PersonAsync("guest", UserKind.External));
        var repository = await portal.RepositoryAsync(owner);
        var path = $"/api/v1/repositories/{repository.Name}/members/{other.Name}";

        Assert.Equal("read", (await owner.Api.PutAsJsonAsync(path, new { access = "read" }).JsonAsync()).Text("access"));
        Assert.Equal((2, 1), await CountsAsync(portal, repository));
        Assert.Equal("write", (await owner.Api.PutAsJsonAsync(path, new { access = "write" }).JsonAsync()).Text("access"));
        Assert.Equal("write", (await other.Api.GetAsync($"/api/v1/repositories/{repository.Name}").JsonAsync()).Text("access"));
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync(path)).StatusCode);
        Assert.Equal((1, 0), await CountsAsync(portal, repository));
        await other.Api.GetAsync($"/api/v1/repositories/{repository.Name}").ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(
            ["repository.created", "member.set", "member.set", "member.removed"],
            await portal.RecordAsync(record => record.Audit.Where(row => row.RepositoryId == repository.Id).OrderBy(row => row.Id).Select(row => row.Action).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_to_take_the_last_owner_away(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var path = $"/api/v1/repositories/{repository.Name}/members/{owner.Name}";

        var sentence = $"'{owner.Name}' is the last owner; make somebody else an owner first.";
        Assert.Equal(sentence, await owner.Api.DeleteAsync(path).ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal(sentence, await owner.Api.PutAsJsonAsync(path, new { access = "read" }).ProblemAsync(HttpStatusCode.Conflict));
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_an_owner_who_would_lock_themselves_out(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, second) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await SetAsync(portal, repository, second, AccessLevel.Owner, owner);

        var sentence = await owner.Api.DeleteAsync($"/api/v1/repositories/{repository.Name}/members/{owner.Name}").ProblemAsync(HttpStatusCode.Conflict);

        Assert.StartsWith("You would lock yourself out", sentence, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Keeps_an_owner_when_two_owners_remove_each_other_at_once(Database database)
    {
        var portal = await portals.OnAsync(database);
        for (var round = 0; round < 5; round++)
        {
            var (first, second) = (await portal.PersonAsync(), await portal.PersonAsync());
            var repository = await portal.RepositoryAsync(first);
            await SetAsync(portal, repository, second, AccessLevel.Owner, first);

            await Task.WhenAll(RemoveAsync(portal, repository, second, first), RemoveAsync(portal, repository, first, second));

            Assert.Equal(1, await portal.RecordAsync(record => record.Members.CountAsync(row => row.RepositoryId == repository.Id && row.Access == AccessLevel.Owner)));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Counts_rightly_when_many_are_added_at_once(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var others = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => portal.PersonAsync("many", i % 2 == 0 ? UserKind.External : UserKind.Internal)));

        await Task.WhenAll(others.Select(other => SetAsync(portal, repository, other, AccessLevel.Read, owner)));

        Assert.Equal((7, 3), await CountsAsync(portal, repository));
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_people_who_do_not_exist_or_are_suspended(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, suspended, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.SuspendAsync(suspended.Name.Value, administrator.Actor, default));
        var path = $"/api/v1/repositories/{repository.Name}/members";

        await owner.Api.PutAsJsonAsync($"{path}/nobody-here", new { access = "read" }).ProblemAsync(HttpStatusCode.NotFound);
        await owner.Api.PutAsJsonAsync($"{path}/@group&x", new { access = "read" }).ProblemAsync(HttpStatusCode.NotFound);
        await owner.Api.PutAsJsonAsync($"{path}/{suspended.Name}", new { access = "read" }).ProblemAsync(HttpStatusCode.Conflict);
        await owner.Api.DeleteAsync($"{path}/{suspended.Name}").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Lets_only_owners_and_administrators_decide(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, stranger, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        await SetAsync(portal, repository, writer, AccessLevel.Write, owner);
        var path = $"/api/v1/repositories/{repository.Name}/members/{stranger.Name}";

        await writer.Api.PutAsJsonAsync(path, new { access = "read" }).ProblemAsync(HttpStatusCode.Forbidden);
        await stranger.Api.PutAsJsonAsync(path, new { access = "owner" }).ProblemAsync(HttpStatusCode.NotFound);
        await administrator.Api.PutAsJsonAsync(path, new { access = "read" }).JsonAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await writer.Api.DeleteAsync($"/api/v1/repositories/{repository.Name}/members/{writer.Name}")).StatusCode);
    }

    [Theory, OnEachDatabase]
    public async Task Tells_the_gateways_before_it_answers(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, other) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);

        await SetAsync(portal, repository, other, AccessLevel.Read, owner);

        Assert.Contains(new AccessChange(repository.Id, User: null), gateway.Heard);
    }

    private static Task<Outcome<MemberView>> SetAsync(PortalHost portal, RepositoryView repository, TestPerson user, AccessLevel access, TestPerson by) =>
        portal.DoAsync<SetMember, Outcome<MemberView>>(set => set.ExecuteAsync(repository.Name.Value, user.Name.Value, access, by.Actor, default));

    private static Task<Outcome<Done>> RemoveAsync(PortalHost portal, RepositoryView repository, TestPerson user, TestPerson by) =>
        portal.DoAsync<RemoveMember, Outcome<Done>>(remove => remove.ExecuteAsync(repository.Name.Value, user.Name.Value, by.Actor, default));

    private static Task<(int All, int External)> CountsAsync(PortalHost portal, RepositoryView repository) =>
        portal.RecordAsync(async record =>
        {
            var row = await record.Repositories.SingleAsync(candidate => candidate.Id == repository.Id);
            return (row.MemberCount, row.ExternalMemberCount);
        });
}
