using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Life;

[Collection(nameof(PortalsWithNode))]
public sealed class RenameTests(PortalsWithNode portals)
{
    [Theory, OnEachDatabase]
    public async Task The_name_from_before_still_leads_there_by_every_way(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard);
        var (before, after) = (repository.Name.Value, PortalHost.NewName("renamed"));

        var renamed = await RenameAsync(owner, before, after).JsonAsync();

        Assert.Equal((after, before), (renamed.Text("name"), renamed.GetProperty("aliases").EnumerateArray().Single().GetString()));
        Assert.Equal(portal.LinkOf(before), portal.LinkOf(after));
        Assert.NotNull(portal.LinkOf(after));
        var (old, present) = (await portal.RouteAsync(before), await portal.RouteAsync(after));
        Assert.Equal((before, after), (old!.Name.Value, present!.Name.Value));
        Assert.Equal((RepositoryState.Ready, present.Copy, present.AccessVersion), (old.State, old.Copy, old.AccessVersion));
        Assert.Equal(after, (await owner.Api.GetAsync($"/api/v1/repositories/{before}").JsonAsync()).Text("name"));
        Assert.Equal(HttpStatusCode.OK, (await owner.Api.PutAsJsonAsync($"/api/v1/repositories/{before}/members/{(await portal.PersonAsync()).Name}", new { access = "read" })).StatusCode);
        Assert.Equal(
            ["repository.created", "repository.ready", "repository.renamed", "member.set"],
            await portal.RecordAsync(record => record.Audit.Where(row => row.RepositoryId == repository.Id).OrderBy(row => row.Id).Select(row => row.Action).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Pages_send_on_for_good_with_the_rest_of_the_address_and_tell_strangers_nothing(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, stranger) = (await portal.PersonAsync(), await portal.PersonAsync());
        var before = (await portal.RepositoryAsync(owner)).Name.Value;
        var after = PortalHost.NewName("renamed");
        await RenameAsync(owner, before, after).JsonAsync();
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);

        using var sent = await browser.Http.GetAsync($"/r/{before}/tree/trunk/a%20b?x=1%262");

        Assert.Equal((HttpStatusCode.MovedPermanently, $"/r/{after}/tree/trunk/a%20b?x=1%262"), (sent.StatusCode, sent.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.OK, (await browser.ReadAsync($"/r/{after}")).Status);
        using var other = new FormBrowser(portal);
        await other.SignInAsync(stranger.Name);
        Assert.Equal(HttpStatusCode.NotFound, (await other.ReadAsync($"/r/{before}/people")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_name_from_before_is_taken_for_others_and_a_way_back_for_oneself(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var (first, second) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        var (before, after) = (first.Name.Value, PortalHost.NewName("renamed"));
        await RenameAsync(owner, before, after).JsonAsync();

        var sentence = $"'{before}' is taken; choose another name.";
        Assert.Equal(sentence, await CreateAsync(owner, before).ProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal(sentence, await RenameAsync(owner, second.Name.Value, before).ProblemAsync(HttpStatusCode.Conflict));
        Assert.False((await portal.DoAsync<CheckName, NameCheck>(check => check.ExecuteAsync(before, default))).IsFree);

        var back = await RenameAsync(owner, after, before).JsonAsync();
        Assert.Equal((before, after), (back.Text("name"), back.GetProperty("aliases").EnumerateArray().Single().GetString()));
        Assert.Equal(before, (await RenameAsync(owner, before, before).JsonAsync()).Text("name"));
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_what_is_no_name_and_who_is_no_owner(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, stranger, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        await portal.GiveAsync(repository, writer, AccessLevel.Write, owner);
        var name = repository.Name.Value;

        foreach (var wrong in new[] { null, "", "A", "no spaces", "../x", "con", new string('a', 65) })
            Assert.NotEmpty(await RenameAsync(owner, name, wrong).ProblemAsync(HttpStatusCode.BadRequest));
        Assert.Equal("Only an owner of the repository may rename it.", await RenameAsync(writer, name, "mine-now").ProblemAsync(HttpStatusCode.Forbidden));
        await RenameAsync(stranger, name, "mine-now").ProblemAsync(HttpStatusCode.NotFound);
        var to = PortalHost.NewName("by-administrator");
        Assert.Equal(to, (await RenameAsync(administrator, name, to).JsonAsync()).Text("name"));
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_who_want_one_name_at_once_one_gets_it(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        for (var round = 0; round < 3; round++)
        {
            var repositories = new[] { await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner) };
            var wanted = PortalHost.NewName("wanted");

            var answers = await Task.WhenAll([CreateAsync(owner, wanted), .. repositories.Select(repository => RenameAsync(owner, repository.Name.Value, wanted))]);

            Assert.Equal(1, answers.Count(answer => answer.IsSuccessStatusCode));
            Assert.All(answers.Where(answer => !answer.IsSuccessStatusCode), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
            Assert.Equal(1, await portal.RecordAsync(record => record.Repositories.CountAsync(row => row.Name == RepositoryName.Parse(wanted))));
            foreach (var answer in answers)
                answer.Dispose();
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_name_that_was_let_go_leads_nowhere_and_is_free(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var (before, after) = (repository.Name.Value, PortalHost.NewName("renamed"));
        await RenameAsync(owner, before, after).JsonAsync();

        Assert.Equal(
            $"'{after}' is its present name; rename it first.",
            await owner.Api.DeleteAsync($"/api/v1/repositories/{after}/aliases/{after}").ProblemAsync(HttpStatusCode.Conflict));
        await owner.Api.DeleteAsync($"/api/v1/repositories/{after}/aliases/not-one-of-them").ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync($"/api/v1/repositories/{after}/aliases/{before}")).StatusCode);

        Assert.Null(await portal.RouteAsync(before));
        Assert.Null(portal.LinkOf(before));
        await owner.Api.GetAsync($"/api/v1/repositories/{before}").ProblemAsync(HttpStatusCode.NotFound);
        await CreateAsync(owner, before).JsonAsync(HttpStatusCode.Created);
        Assert.NotEqual(portal.LinkOf(after), portal.LinkOf(before));
    }

    [Theory, OnEachDatabase]
    public async Task What_the_record_says_comes_to_the_disk_though_nobody_asks_any_more(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var (before, after) = (repository.Name, RepositoryName.Parse(PortalHost.NewName("renamed")));

        // As a server leaves it that dies between the record and the disk: one name is wanted, the other was let go.
        await portal.RecordAsync(async record =>
        {
            var row = await record.Repositories.Include(stored => stored.Names).SingleAsync(stored => stored.Id == repository.Id);
            row.Names.Single().State = NameState.Released;
            row.Name = after;
            row.AccessVersion++;
            record.Add(NameClaim.Of(row.Id, after, TimeProvider.System.GetUtcNow()));
            return await record.SaveChangesAsync();
        });
        Assert.Null(await portal.RouteAsync(before.Value));

        await Eventually.TrueAsync(async () => portal.LinkOf(before.Value) is null && (await portal.RouteAsync(after.Value))?.State == RepositoryState.Ready, TimeSpan.FromSeconds(30));
        Assert.NotNull(portal.LinkOf(after.Value));
        Assert.Equal(1, await portal.RecordAsync(record => record.Names.CountAsync(claim => claim.RepositoryId == repository.Id)));
    }

    [Theory, OnEachDatabase]
    public async Task A_new_name_that_is_not_on_the_disk_yet_is_being_set_up_and_the_old_one_works(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var after = PortalHost.NewName("renamed");
        var temporary = portal.Directories().Temporary;
        File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Equal(after, (await RenameAsync(owner, repository.Name.Value, after).JsonAsync()).Text("name"));
            Assert.Equal(RepositoryState.Provisioning, (await portal.RouteAsync(after))?.State);
            Assert.Equal(RepositoryState.Ready, (await portal.RouteAsync(repository.Name.Value))?.State);
        }
        finally
        {
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await Eventually.TrueAsync(async () => (await portal.RouteAsync(after))?.State == RepositoryState.Ready, TimeSpan.FromSeconds(30));
    }

    private static Task<HttpResponseMessage> RenameAsync(TestPerson person, string name, string? to) =>
        person.Api.PostAsJsonAsync($"/api/v1/repositories/{name}/rename", new { to });

    private static Task<HttpResponseMessage> CreateAsync(TestPerson person, string name) => person.Api.PostAsJsonAsync("/api/v1/repositories", new { name });
}
