using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Rules;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Rules;

public sealed class RuleTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Keeps_a_whole_set_and_tells_who_lost_what_before_it_answers(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, member) = (await portal.PersonAsync(), await portal.PersonAsync("writer"), await portal.PersonAsync("member"));
        var repository = await portal.RepositoryAsync(owner);
        await SetAsync(portal, repository, writer, AccessLevel.Write, owner);
        var group = await GroupAsync(portal, member);
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);

        var saved = await owner.Api.PutAsJsonAsync(Path(repository), new
        {
            rules = new[] { Rule("/trunk/secret/", $"user:{writer.Name}", "none"), Rule("/trunk", $"group:{group.Name}", "read") },
        }).JsonAsync();

        Assert.Equal(1, saved.GetProperty("version").GetInt32());
        var changes = saved.GetProperty("changes").EnumerateArray().Select(change => (change.Text("path"), change.Text("before"), change.Text("after"), Names(change))).ToList();
        Assert.Equal([("/trunk", "none", "read", member.Name.Value), ("/trunk/secret", "write", "none", writer.Name.Value)], changes);
        var rules = (await owner.Api.GetAsync(Path(repository)).JsonAsync()).GetProperty("rules").EnumerateArray();
        Assert.Equal(
            [("/trunk", $"group:{group.Name}", "read"), ("/trunk/secret", $"user:{writer.Name}", "none")],
            rules.Select(rule => (rule.Text("path"), rule.Text("who"), rule.Text("access"))));
        var loss = Assert.Single(gateway.Heard, change => change.Repository == repository.Id).Losing;
        Assert.True(loss!.Concerns(writer.Name));
        Assert.False(loss.Concerns(owner.Name) || loss.Concerns(member.Name) || loss.Concerns(null));
        Assert.Equal("read", (await member.Api.GetAsync($"/api/v1/repositories/{repository.Name}").JsonAsync()).Text("access"));
        var entry = await portal.RecordAsync(record => record.Audit.SingleAsync(row => row.RepositoryId == repository.Id && row.Action == "rules.changed"));
        Assert.Equal((1, 2, 2), Counts(entry.Detail));
        Assert.True(await portal.RecordAsync(record => record.AuditEffects.AnyAsync(effect => effect.EntryId == entry.Id)));
    }

    [Theory, OnEachDatabase]
    public async Task Says_what_a_set_would_change_and_keeps_nothing_of_it(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);

        var answer = await owner.Api.PutAsJsonAsync($"{Path(repository)}?dryRun=true", new { rules = new[] { Rule("/open", "anyone", "read"), Rule("/open", $"user:{owner.Name}", "write") } }).JsonAsync();

        var change = Assert.Single(answer.GetProperty("changes").EnumerateArray());
        Assert.Equal(("/open", "none", "read", true, true), (change.Text("path"), change.Text("before"), change.Text("after"), change.GetProperty("signedIn").GetBoolean(), change.GetProperty("anyone").GetBoolean()));
        Assert.Equal(0, answer.GetProperty("version").GetInt32());
        Assert.Equal(0, await portal.RecordAsync(record => record.RuleSets.CountAsync(set => set.RepositoryId == repository.Id)));
    }

    [Theory]
    [InlineData("trunk", "anyone", "read", "rules[1].path")]
    [InlineData("/a//b", "anyone", "read", "rules[1].path")]
    [InlineData("/a/../b", "anyone", "read", "rules[1].path")]
    [InlineData("/a]b", "anyone", "read", "rules[1].path")]
    [InlineData("/a\nb", "anyone", "read", "rules[1].path")]
    [InlineData("/a", "everybody", "read", "rules[1].who")]
    [InlineData("/a", "user:No Body", "read", "rules[1].who")]
    [InlineData("/a", "user:nobody-of-that-name", "read", "rules[1].who")]
    [InlineData("/a", "group:no-such-group", "read", "rules[1].who")]
    [InlineData("/a", "anyone", "rw", "rules[1].access")]
    [InlineData("/a", "anyone", null, "rules[1].access")]
    [InlineData("/ok/", "signed-in", "write", "rules[1]")]
    public async Task Names_the_rule_that_cannot_be_taken(string path, string who, string? access, string field)
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);

        var problem = await owner.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/ok", "signed-in", "read"), Rule(path, who, access) } }).JsonAsync(HttpStatusCode.BadRequest);

        Assert.StartsWith("Rule 2", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Takes_five_thousand_rules_and_no_more()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var (owner, reader) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var many = Enumerable.Range(0, ParsedRules.Most).Select(i => Rule($"/projects/of-the-institute/number-{i:d5}/results", $"user:{reader.Name}", "read")).ToArray();

        Assert.Equal(ParsedRules.Most, (await owner.Api.PutAsJsonAsync(Path(repository), new { rules = many }).JsonAsync()).GetProperty("rules").GetArrayLength());
        await owner.Api.PutAsJsonAsync(Path(repository), new { rules = many.Append(Rule("/one-more", $"user:{reader.Name}", "read")) }).ProblemAsync(HttpStatusCode.BadRequest);
        await owner.Api.PutAsJsonAsync(Path(repository), new { rules = (object?)null }).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_to_lock_out_whoever_saves_it_or_the_last_owner_with_everything(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);

        // Rules for everyone do not concern owners, so this locks nobody out.
        await owner.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/tags", "signed-in", "none"), Rule("/tags", "anyone", "read") } }).JsonAsync();
        var self = await owner.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/tags", $"user:{owner.Name}", "read") } }).ProblemAsync(HttpStatusCode.Conflict);
        Assert.StartsWith("You would lock yourself out of /tags", self, StringComparison.Ordinal);
        var last = await administrator.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/tags", $"user:{owner.Name}", "read") } }).ProblemAsync(HttpStatusCode.Conflict);
        Assert.StartsWith("No owner would be left", last, StringComparison.Ordinal);

        var second = await portal.PersonAsync();
        await SetAsync(portal, repository, second, AccessLevel.Owner, owner);
        await administrator.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/tags", $"user:{owner.Name}", "read") } }).JsonAsync();
        await owner.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/tags", $"user:{second.Name}", "read"), Rule("/tags", $"user:{owner.Name}", "read") } })
            .ProblemAsync(HttpStatusCode.Conflict);
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_what_was_edited_from_a_version_that_is_no_longer_present(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, reader) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await owner.Api.PutAsJsonAsync(Path(repository), new { version = 0, rules = new[] { Rule("/a", $"user:{reader.Name}", "read") } }).JsonAsync();

        await owner.Api.PutAsJsonAsync(Path(repository), new { version = 0, rules = new[] { Rule("/b", $"user:{reader.Name}", "read") } }).ProblemAsync(HttpStatusCode.Conflict);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
            (await owner.Api.PutAsJsonAsync(Path(repository), new { version = 1, rules = new[] { Rule($"/c{i}", $"user:{reader.Name}", "read") } })).StatusCode));

        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(11, answers.Count(answer => answer == HttpStatusCode.Conflict));
        Assert.Equal(2, (await owner.Api.GetAsync(Path(repository)).JsonAsync()).GetProperty("version").GetInt32());
    }

    [Theory, OnEachDatabase]
    public async Task Keeps_every_version_and_returns_to_one(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, member) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var group = await GroupAsync(portal, member);
        await owner.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/a", $"user:{member.Name}", "read"), Rule("/b", $"group:{group.Name}", "read") } }).JsonAsync();
        await owner.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/a", $"user:{member.Name}", "none") } }).JsonAsync();
        // The same once more is no new version.
        await owner.Api.PutAsJsonAsync(Path(repository), new { rules = new[] { Rule("/a", $"user:{member.Name}", "none") } }).JsonAsync();
        Assert.Equal(0, await portal.RecordAsync(record => record.RuleGroups.CountAsync(row => row.RepositoryId == repository.Id)));

        var restored = (await portal.DoAsync<RestoreRules, Outcome<SavedRules>>(restore => restore.ExecuteAsync(repository.Name.Value, 1, owner.Actor, default))).Value;
        await owner.Api.PutAsJsonAsync(Path(repository), new { rules = Array.Empty<object>() }).JsonAsync();

        Assert.Equal((3, 2), (restored.Version, restored.Rules.Count));
        var sets = (await portal.DoAsync<ListRuleSets, Outcome<RuleSetView[]>>(list => list.ExecuteAsync(repository.Name.Value, 3, null, owner.Actor, default))).Value;
        Assert.Equal([(4, true, 0), (3, false, 2), (2, false, 1)], sets.Select(set => (set.Version, set.IsPresent, set.Rules.Count)));
        Assert.Equal((0, 2, 0), Of(sets[0].Changes));
        Assert.Equal((1, 0, 1), Of(sets[1].Changes));
        Assert.Equal((0, 1, 1), Of(sets[2].Changes));
        Assert.All(sets, set => Assert.Equal(owner.Name.Value, set.By));
        Assert.Equal(
            RefusalKind.NotFound,
            (await portal.DoAsync<RestoreRules, Outcome<SavedRules>>(restore => restore.ExecuteAsync(repository.Name.Value, 9, owner.Actor, default))).Refusal!.Kind);
    }

    [Theory, OnEachDatabase]
    public async Task Shows_rules_to_owners_and_administrators_only(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, stranger, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        await SetAsync(portal, repository, writer, AccessLevel.Write, owner);
        var none = new { rules = Array.Empty<object>() };

        await writer.Api.GetAsync(Path(repository)).ProblemAsync(HttpStatusCode.Forbidden);
        await writer.Api.PutAsJsonAsync(Path(repository), none).ProblemAsync(HttpStatusCode.Forbidden);
        await writer.Api.PutAsJsonAsync($"{Path(repository)}?dryRun=true", none).ProblemAsync(HttpStatusCode.Forbidden);
        await stranger.Api.GetAsync(Path(repository)).ProblemAsync(HttpStatusCode.NotFound);
        await stranger.Api.PutAsJsonAsync(Path(repository), none).ProblemAsync(HttpStatusCode.NotFound);
        await administrator.Api.PutAsJsonAsync(Path(repository), none).JsonAsync();
        await administrator.Api.GetAsync(Path(repository)).JsonAsync();
    }

    private static string Path(RepositoryView repository) => $"/api/v1/repositories/{repository.Name}/rules";

    private static object Rule(string path, string who, string? access) => new { path, who, access };

    private static string Names(JsonElement change) => string.Join(' ', change.GetProperty("people").EnumerateArray().Select(person => person.GetString()));

    private static (int, int, int) Of(RuleChanges changes) => (changes.Added.Count, changes.Removed.Count, changes.Changed.Count);

    private static (int Version, int Count, int Added) Counts(string detail)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(detail);
        return (json.GetProperty("version").GetInt32(), json.GetProperty("count").GetInt32(), json.GetProperty("added").GetInt32());
    }

    private static Task<Outcome<MemberView>> SetAsync(PortalHost portal, RepositoryView repository, TestPerson user, AccessLevel access, TestPerson by) =>
        portal.DoAsync<SetMember, Outcome<MemberView>>(set => set.ExecuteAsync(repository.Name.Value, user.Name.Value, access, by.Actor, default));

    private static Task<Group> GroupAsync(PortalHost portal, params TestPerson[] members) => portal.RecordAsync(async record =>
    {
        var id = Guid.NewGuid();
        var group = new Group { Id = id, Name = GroupName.Parse(PortalHost.NewName("group")), Description = "", CreatedAt = DateTimeOffset.UnixEpoch };
        record.Add(group);
        record.AddRange(members.Select(member => new GroupMember { GroupId = id, UserId = member.Actor.UserId!.Value, AddedAt = DateTimeOffset.UnixEpoch }));
        await record.SaveChangesAsync();
        return group;
    });
}
