using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.People;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People;

public sealed class GroupTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Makes_shows_changes_and_deletes_a_group(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (maker, carl, outsider) = (await portal.PersonAsync("anna"), await portal.PersonAsync("carl"), await portal.PersonAsync("guest", UserKind.External));
        var path = $"/api/v1/groups/{PortalHost.NewName("staff")}";

        var made = await maker.Api.PutAsJsonAsync(path, new { members = new[] { carl.Name.Value }, description = "The lab" }).JsonAsync(HttpStatusCode.Created);
        Assert.Equal([carl.Name.Value], Texts(made, "members"));
        Assert.Equal([maker.Name.Value], Texts(made, "owners"));
        Assert.Equal("The lab", (await carl.Api.GetAsync(path).JsonAsync()).Text("description"));
        Assert.Single((await carl.Api.GetAsync("/api/v1/groups").JsonAsync()).EnumerateArray());
        await outsider.Api.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound);
        await carl.Api.PutAsJsonAsync(path, new { members = Array.Empty<string>() }).ProblemAsync(HttpStatusCode.Forbidden);

        var changed = await maker.Api.PutAsJsonAsync(path, new { members = new[] { outsider.Name.Value, maker.Name.Value } }).JsonAsync();
        Assert.Equal([.. new[] { maker.Name.Value, outsider.Name.Value }.Order(StringComparer.Ordinal)], Texts(changed, "members"));
        Assert.Equal("The lab", changed.Text("description"));
        await outsider.Api.GetAsync(path).JsonAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await maker.Api.DeleteAsync(path)).StatusCode);
        await maker.Api.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound);
        var name = path[(path.LastIndexOf('/') + 1)..];
        Assert.Equal(
            ["group.created", "group.changed", "group.deleted"],
            await portal.RecordAsync(record => record.Audit.Where(entry => entry.Subject == name).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_what_cannot_be_a_group(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (maker, other, outsider) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync("guest", UserKind.External));
        var name = await MakeAsync(portal, maker);

        Assert.Equal(
            "There is nobody called 'nobody-here', 'NoName' here.",
            await maker.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { members = new[] { other.Name.Value, "nobody-here", "NoName" } }).ProblemAsync(HttpStatusCode.BadRequest));
        await maker.Api.PutAsJsonAsync("/api/v1/groups/Wrong", new { members = Array.Empty<string>() }).ProblemAsync(HttpStatusCode.BadRequest);
        await maker.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { owners = Array.Empty<string>() }).ProblemAsync(HttpStatusCode.Conflict);
        await outsider.Api.PutAsJsonAsync($"/api/v1/groups/{PortalHost.NewName("mine")}", new { }).ProblemAsync(HttpStatusCode.Forbidden);
        await outsider.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { }).ProblemAsync(HttpStatusCode.Forbidden);
        var taken = await portal.DoAsync<CreateGroup, Outcome<GroupView>>(create => create.ExecuteAsync(new NewGroup(name, null), other.Actor, default));
        Assert.Equal(RefusalKind.Conflict, taken.Refusal?.Kind);
    }

    [Theory, OnEachDatabase]
    public async Task Lets_members_leave_and_nobody_else_decide(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (maker, member, other) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync());
        var name = await MakeAsync(portal, maker, maker, member, other);

        Assert.Equal(RefusalKind.Forbidden, (await RemoveAsync(portal, name, other, member)).Refusal?.Kind);
        Assert.Null((await RemoveAsync(portal, name, member, member)).Refusal);
        var left = Texts(await maker.Api.GetAsync($"/api/v1/groups/{name}").JsonAsync(), "members");
        Assert.Equal([.. new[] { maker.Name.Value, other.Name.Value }.Order(StringComparer.Ordinal)], left);
    }

    [Theory, OnEachDatabase]
    public async Task Leaves_a_providers_group_to_the_provider(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (administrator, member) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        var name = PortalHost.NewName("provided");
        await portal.RecordAsync(async record =>
        {
            var group = new Group { Id = Guid.NewGuid(), Name = GroupName.Parse(name), Description = "", Provider = "keycloak", ProviderKey = name, CreatedAt = DateTimeOffset.UnixEpoch };
            group.Members.Add(new GroupMember { GroupId = group.Id, UserId = member.Actor.UserId!.Value, AddedAt = DateTimeOffset.UnixEpoch });
            record.Add(group);
            return await record.SaveChangesAsync();
        });

        await administrator.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { members = Array.Empty<string>() }).ProblemAsync(HttpStatusCode.Conflict);
        await administrator.Api.DeleteAsync($"/api/v1/groups/{name}").ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal(RefusalKind.Conflict, (await RemoveAsync(portal, name, member, member)).Refusal?.Kind);
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_to_delete_a_group_in_use_and_names_only_what_may_be_seen(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (maker, owner) = (await portal.PersonAsync(), await portal.PersonAsync());
        var name = await MakeAsync(portal, maker);
        var repository = await portal.RepositoryAsync(owner);
        await GrantAsync(owner, repository, name, "read");

        Assert.Contains("that you may not see", await maker.Api.DeleteAsync($"/api/v1/groups/{name}").ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        await maker.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { members = new[] { maker.Name.Value } }).JsonAsync();
        Assert.Contains($"'{repository.Name}'", await maker.Api.DeleteAsync($"/api/v1/groups/{name}").ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync($"/api/v1/repositories/{repository.Name}/groups/{name}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await maker.Api.DeleteAsync($"/api/v1/groups/{name}")).StatusCode);
    }

    [Theory, OnEachDatabase]
    public async Task Tells_every_repository_that_names_it_and_whose_requests_to_cut(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (maker, leaver) = (await portal.PersonAsync(), await portal.PersonAsync());
        var name = await MakeAsync(portal, maker, leaver);
        var repositories = new[] { await portal.RepositoryAsync(maker), await portal.RepositoryAsync(maker) };
        foreach (var repository in repositories)
            await GrantAsync(maker, repository, name, "write");
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);

        await maker.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { members = Array.Empty<string>() }).JsonAsync();

        foreach (var repository in repositories)
        {
            Assert.True(Assert.Single(gateway.Heard, change => change.Repository == repository.Id).Losing?.Concerns(leaver.Name));
            await leaver.Api.GetAsync($"/api/v1/repositories/{repository.Name}").ProblemAsync(HttpStatusCode.NotFound);
            Assert.Equal("group.changed", await portal.RecordAsync(record => record.Audit.Where(entry => entry.RepositoryId == repository.Id)
                .OrderByDescending(entry => entry.Id).Where(entry => record.AuditEffects.Any(effect => effect.EntryId == entry.Id)).Select(entry => entry.Action).FirstAsync()));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Never_overlooks_a_repository_that_begins_to_name_it_meanwhile(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (maker, leaver) = (await portal.PersonAsync(), await portal.PersonAsync());
        for (var round = 0; round < 5; round++)
        {
            var name = await MakeAsync(portal, maker, leaver);
            var repository = await portal.RepositoryAsync(maker);

            await Task.WhenAll(GrantAsync(maker, repository, name, "write"), maker.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { members = Array.Empty<string>() }).JsonAsync());

            // Either the grant came after the change and counted nobody, or the change came after the grant and touched the repository again.
            var (entries, versions) = await portal.RecordAsync(async record => (
                await record.Audit.Where(entry => entry.RepositoryId == repository.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync(),
                await record.Repositories.Where(row => row.Id == repository.Id).Select(row => row.AccessVersion).SingleAsync()));
            Assert.Equal(entries.Count(action => action.StartsWith("group.", StringComparison.Ordinal)), versions);
            var grantedAt = await portal.RecordAsync(record => record.Audit.Where(entry => entry.RepositoryId == repository.Id && entry.Action == "group.granted").Select(entry => entry.Id).SingleAsync());
            var changedAt = await portal.RecordAsync(record => record.Audit.Where(entry => entry.Subject == name && entry.Action == "group.changed").Select(entry => entry.Id).SingleAsync());
            Assert.Equal(changedAt > grantedAt, entries.Contains("group.changed"));
        }
    }

    private static async Task<string> MakeAsync(PortalHost portal, TestPerson maker, params TestPerson[] members)
    {
        var name = PortalHost.NewName("group");
        await maker.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { members = members.Select(member => member.Name.Value) }).JsonAsync(HttpStatusCode.Created);
        return name;
    }

    private static Task<JsonElement> GrantAsync(TestPerson owner, RepositoryView repository, string group, string access) =>
        owner.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/groups/{group}", new { access }).JsonAsync();

    private static Task<Outcome<Done>> RemoveAsync(PortalHost portal, string group, TestPerson member, TestPerson by) =>
        portal.DoAsync<ChangeGroup, Outcome<Done>>(change => change.RemoveMemberAsync(group, member.Name.Value, by.Actor, default));

    private static string[] Texts(JsonElement json, string member) => [.. json.GetProperty(member).EnumerateArray().Select(text => text.GetString()!)];
}
