using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories;

public sealed class GroupGrantTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Gives_everybody_in_the_group_access(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, member) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var group = await GroupAsync(owner, member);
        var path = $"/api/v1/repositories/{repository.Name}/groups/{group}";

        Assert.Equal("write", (await owner.Api.PutAsJsonAsync(path, new { access = "write" }).JsonAsync()).Text("access"));
        Assert.Equal("write", (await member.Api.GetAsync($"/api/v1/repositories/{repository.Name}").JsonAsync()).Text("access"));
        var mine = Assert.Single((await member.Api.GetAsync("/api/v1/repositories").JsonAsync()).EnumerateArray());
        Assert.Equal((repository.Name.Value, "write"), (mine.Text("name"), mine.Text("access")));
        var listed = Assert.Single((await member.Api.GetAsync($"/api/v1/repositories/{repository.Name}/groups").JsonAsync()).EnumerateArray());
        Assert.Equal((group, 1), (listed.Text("group"), listed.GetProperty("memberCount").GetInt32()));
        await member.Api.PutAsJsonAsync(path, new { access = "owner" }).ProblemAsync(HttpStatusCode.Forbidden);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync(path)).StatusCode);
        await member.Api.GetAsync($"/api/v1/repositories/{repository.Name}").ProblemAsync(HttpStatusCode.NotFound);
        Assert.Empty((await member.Api.GetAsync("/api/v1/repositories").JsonAsync()).EnumerateArray());
        await owner.Api.DeleteAsync(path).ProblemAsync(HttpStatusCode.NotFound);
        await owner.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/groups/no-such-group", new { access = "read" }).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Lists_the_most_that_somebody_was_granted(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, member) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await SetAsync(owner, repository, $"members/{member.Name}", new { access = "read" });
        await SetAsync(owner, repository, $"groups/{await GroupAsync(owner, member)}", new { access = "owner" });
        await SetAsync(owner, repository, $"groups/{await GroupAsync(owner, member)}", new { access = "write" });

        Assert.Equal("owner", Assert.Single((await member.Api.GetAsync("/api/v1/repositories").JsonAsync()).EnumerateArray()).Text("access"));
        var owners = (await member.Api.GetAsync($"/api/v1/repositories/{repository.Name}").JsonAsync()).GetProperty("owners").EnumerateArray().Select(name => name.GetString()!);
        Assert.Equal(new[] { member.Name.Value, owner.Name.Value }.ToHashSet(), owners.ToHashSet());
    }

    [Theory, OnEachDatabase]
    public async Task Counts_owners_through_groups_and_never_leaves_a_repository_without_one(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, second) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var group = await GroupAsync(owner, second);
        var path = $"/api/v1/repositories/{repository.Name}";
        await SetAsync(owner, repository, $"groups/{group}", new { access = "owner" });
        Assert.Equal(HttpStatusCode.NoContent, (await second.Api.DeleteAsync($"{path}/members/{owner.Name}")).StatusCode);

        await second.Api.DeleteAsync($"{path}/groups/{group}").ProblemAsync(HttpStatusCode.Conflict);
        await second.Api.PutAsJsonAsync($"{path}/groups/{group}", new { access = "write" }).ProblemAsync(HttpStatusCode.Conflict);
        await second.Api.PutAsJsonAsync($"{path}/groups/{group}", new { access = "owner", endsAt = "2999-01-01" }).ProblemAsync(HttpStatusCode.Conflict);
        var sentence = await owner.Api.PutAsJsonAsync($"/api/v1/groups/{group}", new { members = Array.Empty<string>() }).ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal("A repository would lose its last owner; its owners must name another one first.", sentence);
        await owner.Api.PutAsJsonAsync($"/api/v1/groups/{group}", new { members = new[] { owner.Name.Value } }).JsonAsync();
    }

    [Theory, OnEachDatabase]
    public async Task Ends_grants_by_itself_when_their_time_has_come(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, member, grouped) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var group = await GroupAsync(owner, grouped);
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);
        var end = TimeProvider.System.GetUtcNow().AddSeconds(1);

        Assert.Equal(end, (await SetAsync(owner, repository, $"members/{member.Name}", new { access = "read", endsAt = end })).GetProperty("endsAt").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        await SetAsync(owner, repository, $"groups/{group}", new { access = "write", endsAt = end });

        await Eventually.TrueAsync(() => gateway.Heard.Any(change => change.Losing?.Concerns(member.Name) is true)
            && gateway.Heard.Any(change => change.Losing?.Concerns(grouped.Name) is true));
        Assert.Empty(await portal.RecordAsync(record => record.GroupGrants.Where(grant => grant.RepositoryId == repository.Id).ToListAsync()));
        Assert.Single(await portal.RecordAsync(record => record.Members.Where(row => row.RepositoryId == repository.Id).ToListAsync()));
        Assert.Equal(
            new[] { group, member.Name.Value }.Order(StringComparer.Ordinal),
            await portal.RecordAsync(async record => (await record.Audit.Where(entry => entry.RepositoryId == repository.Id && entry.Action == "grant.ended")
                .Select(entry => entry.Subject).ToListAsync()).Order(StringComparer.Ordinal)));
        await member.Api.GetAsync($"/api/v1/repositories/{repository.Name}").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Takes_a_date_for_the_end_of_that_day_and_refuses_what_is_past(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, member) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var path = $"/api/v1/repositories/{repository.Name}/members/{member.Name}";

        Assert.Equal("2100-01-01T00:00:00+00:00", (await owner.Api.PutAsJsonAsync(path, new { access = "read", endsAt = "2099-12-31" }).JsonAsync()).Text("endsAt"));
        Assert.Equal("2099-12-31T10:00:00+00:00", (await owner.Api.PutAsJsonAsync(path, new { access = "read", endsAt = "2099-12-31T12:00:00+02:00" }).JsonAsync()).Text("endsAt"));
        Assert.Equal(JsonValueKind.Null, (await owner.Api.PutAsJsonAsync(path, new { access = "read" }).JsonAsync()).GetProperty("endsAt").ValueKind);
        foreach (var wrong in new[] { "2001-01-01", "tomorrow", "31.12.2099", "2099-02-30" })
            await owner.Api.PutAsJsonAsync(path, new { access = "read", endsAt = wrong }).ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(AccessLevel.Read, (await portal.ViewAsync(repository, member)).MyAccess);
    }

    private static async Task<string> GroupAsync(TestPerson maker, params TestPerson[] members)
    {
        var name = PortalHost.NewName("group");
        await maker.Api.PutAsJsonAsync($"/api/v1/groups/{name}", new { members = members.Select(member => member.Name.Value) }).JsonAsync(HttpStatusCode.Created);
        return name;
    }

    private static Task<JsonElement> SetAsync(TestPerson owner, RepositoryView repository, string what, object body) =>
        owner.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/{what}", body).JsonAsync();
}
