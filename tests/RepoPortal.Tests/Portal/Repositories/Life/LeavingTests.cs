using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Life;

public sealed class LeavingTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task An_administrator_hands_over_and_suspends_in_one_step(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (leaver, writer, other, administrator) = (await portal.PersonAsync("leaver"), await portal.PersonAsync("writer"), await portal.PersonAsync("other"), await portal.PersonAsync(administrator: true));
        var (first, second, third, shared) = (await portal.RepositoryAsync(leaver), await portal.RepositoryAsync(leaver), await portal.RepositoryAsync(leaver), await portal.RepositoryAsync(leaver));
        await portal.GiveAsync(first, writer, AccessLevel.Write, leaver);
        await portal.GiveAsync(shared, writer, AccessLevel.Owner, leaver);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(administrator.Name);
        var page = $"/admin/people/{leaver.Name}/hand-over";
        Assert.Contains(page, (await browser.ReadAsync($"/admin/people?search={leaver.Name}")).Text, StringComparison.Ordinal);
        var (_, text) = await browser.ReadAsync(page);
        Assert.Contains($"({writer.Name}), may write", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"heir-{shared.Name}\"", text, StringComparison.Ordinal);

        // One that cannot be handed over so keeps everything as it is.
        using (var refused = await browser.SendAsync(page, "hand-over", ($"heir-{first.Name}", writer.Name.Value), ($"heir-{second.Name}", "*"), ($"heir-{third.Name}", "-"), ("everything", "nobody-here"), ("then", "suspend")))
            Assert.Contains("There is nobody called", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal([leaver.Name], (await portal.ViewAsync(first, administrator)).Owners.Select(owner => owner.User));

        Assert.Equal("/admin/people", await browser.SubmitAsync(
            page, "hand-over", ($"heir-{first.Name}", writer.Name.Value), ($"heir-{second.Name}", "*"), ($"heir-{third.Name}", "-"), ("everything", other.Name.Value), ("then", "suspend")));

        Assert.Equal([writer.Name], (await portal.ViewAsync(first, administrator)).Owners.Select(owner => owner.User));
        Assert.Equal([other.Name], (await portal.ViewAsync(second, administrator)).Owners.Select(owner => owner.User));
        Assert.Equal([leaver.Name], (await portal.ViewAsync(third, administrator)).Owners.Select(owner => owner.User));
        Assert.Equal(UserStatus.Suspended, await portal.RecordAsync(record => record.Users.Where(user => user.UserName == leaver.Name.Value).Select(user => user.Status).SingleAsync()));
        Assert.Equal(
            ["repository.transferred", "repository.transferred", "user.suspended"],
            await portal.RecordAsync(record => record.Audit.Where(entry => entry.ActorName == administrator.Name.Value && (entry.Action == "repository.transferred" || entry.Action == "user.suspended"))
                .OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_leaves_by_themselves_finds_the_same_on_their_account(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (leaver, heir, stranger) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(leaver);
        using FormBrowser browser = new(portal), theirs = new(portal);
        await browser.SignInAsync(leaver.Name);
        await theirs.SignInAsync(stranger.Name);
        Assert.Contains("/account/hand-over", (await browser.ReadAsync("/account")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/account/hand-over", (await theirs.ReadAsync("/account")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.ReadAsync($"/admin/people/{leaver.Name}/hand-over")).Status);
        Assert.Null(await browser.SubmitAsync("/account/hand-over", "hand-over", ($"heir-{repository.Name}", "*")));

        Assert.Equal("/account", await browser.SubmitAsync("/account/hand-over", "hand-over", ($"heir-{repository.Name}", "*"), ("everything", heir.Name.Value), ("leave", "true"), ("then", "suspend")));

        Assert.Equal([heir.Name], (await portal.ViewAsync(repository, heir)).Owners.Select(owner => owner.User));
        Assert.Single((await portal.ViewAsync(repository, heir)).Members);
        Assert.Equal(UserStatus.Active, await portal.RecordAsync(record => record.Users.Where(user => user.UserName == leaver.Name.Value).Select(user => user.Status).SingleAsync()));
        Assert.DoesNotContain("/account/hand-over", (await browser.ReadAsync("/account")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task The_same_by_the_API(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (leaver, heir, stranger, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var (first, second) = (await portal.RepositoryAsync(leaver), await portal.RepositoryAsync(leaver));
        await portal.GiveAsync(first, heir, AccessLevel.Write, leaver);
        var path = $"/api/v1/users/{leaver.Name}";
        await stranger.Api.GetAsync($"{path}/sole-ownerships").ProblemAsync(HttpStatusCode.NotFound);
        await stranger.Api.PostAsJsonAsync($"{path}/hand-over", new { heirs = new Dictionary<string, string>() }).ProblemAsync(HttpStatusCode.NotFound);

        var left = (await leaver.Api.GetAsync($"{path}/sole-ownerships").JsonAsync()).EnumerateArray().ToDictionary(row => row.Text("name"));
        Assert.Equal(new[] { first.Name.Value, second.Name.Value }.ToHashSet(), left.Keys.ToHashSet());
        Assert.Equal([heir.Name.Value], left[first.Name.Value].GetProperty("candidates").EnumerateArray().Select(candidate => candidate.Text("user")));
        var heirs = new Dictionary<string, string> { [first.Name.Value] = heir.Name.Value, [second.Name.Value] = "nobody-here" };
        Assert.Contains("There is nobody called", await administrator.Api.PostAsJsonAsync($"{path}/hand-over", new { heirs, suspend = true }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal([leaver.Name], (await portal.ViewAsync(first, administrator)).Owners.Select(owner => owner.User));
        heirs[second.Name.Value] = stranger.Name.Value;
        Assert.Equal("Another administrator can suspend you.", await leaver.Api.PostAsJsonAsync($"{path}/hand-over", new { heirs, suspend = true }).ProblemAsync(HttpStatusCode.Forbidden));

        var handed = await administrator.Api.PostAsJsonAsync($"{path}/hand-over", new { heirs, leave = true, suspend = true }).JsonAsync();

        Assert.Equal(2, handed.GetProperty("repositories").GetInt32());
        Assert.Equal([heir.Name], (await portal.ViewAsync(first, administrator)).Owners.Select(owner => owner.User));
        Assert.Equal([stranger.Name], (await portal.ViewAsync(second, administrator)).Members.Select(member => member.User));
        Assert.Equal(UserStatus.Suspended, await portal.RecordAsync(record => record.Users.Where(user => user.UserName == leaver.Name.Value).Select(user => user.Status).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_owned_through_a_group_gets_an_owner_beside_it(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (leaver, heir, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(administrator);
        var group = PortalHost.NewName("keepers");
        await administrator.Api.PutAsJsonAsync($"/api/v1/groups/{group}", new { members = new[] { leaver.Name.Value } }).JsonAsync(HttpStatusCode.Created);
        await administrator.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/groups/{group}", new { access = "owner" }).JsonAsync();
        using (await administrator.Api.DeleteAsync($"/api/v1/repositories/{repository.Name}/members/{administrator.Name}"))
        {
            // The group owns it alone now.
        }

        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(administrator.Name);
        Assert.Equal("/admin/people", await browser.SubmitAsync($"/admin/people/{leaver.Name}/hand-over", "hand-over", ($"heir-{repository.Name}", "*"), ("everything", heir.Name.Value), ("then", "nothing")));

        Assert.Equal(new[] { leaver.Name, heir.Name }.ToHashSet(), (await portal.ViewAsync(repository, heir)).Owners.Select(owner => owner.User).ToHashSet());
    }
}
