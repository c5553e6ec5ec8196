using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.Usage;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Usage;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Usage;

public sealed class UsageTests(Portals portals)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Batches_add_up_per_person_and_day_and_owners_see_them(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, other) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var id = await IdAsync(portal, repository.Name);
        await TakeAsync(portal, Use(id, owner, Now.AddMinutes(-5), reads: 2), Use(id, null, Now, reads: 1));
        await TakeAsync(portal, Use(id, owner, Now.AddMinutes(-9), writes: 3));
        await TakeAsync(portal, [.. Enumerable.Range(0, 1_200).Select(_ => Use(new RepositoryId(Guid.NewGuid()), owner, Now, reads: 1))]);

        var usage = (await owner.Api.GetFromJsonAsync<JsonObject>($"/api/v1/repositories/{repository.Name}/usage"))!;
        Assert.Equal((3, 3), (usage["totals"]!["reads"]!.GetValue<long>(), usage["totals"]!["writes"]!.GetValue<long>()));
        var mine = Assert.Single(usage["people"]!.AsArray(), person => person!["user"]!.GetValue<string>() == owner.Name.Value)!;
        Assert.Equal((2, 3), (mine["reads"]!.GetValue<long>(), mine["writes"]!.GetValue<long>()));
        Assert.InRange(mine["lastAt"]!.GetValue<DateTimeOffset>() - Now.AddMinutes(-5), TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
        Assert.Contains(usage["people"]!.AsArray(), person => person!["user"]!.GetValue<string>() == "anonymous");
        Assert.Equal(50, mine["bytesSent"]!.GetValue<long>() + usage["totals"]!["bytesReceived"]!.GetValue<long>());

        var later = (await owner.Api.GetFromJsonAsync<JsonObject>($"/api/v1/repositories/{repository.Name}/usage?since={Uri.EscapeDataString(Now.AddMinutes(-1).ToString("O"))}"))!;
        Assert.Contains("neither a date", await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}/usage?since=yesterday").ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal("anonymous", Assert.Single(later["people"]!.AsArray())!["user"]!.GetValue<string>());
        await other.Api.GetAsync($"/api/v1/repositories/{repository.Name}/usage").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Administrators_ask_who_used_any_of_some_repositories(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (administrator, user, earlier) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync(), await portal.PersonAsync());
        var (first, second) = (await portal.RepositoryAsync(user), await portal.RepositoryAsync(user));
        var id = await IdAsync(portal, first.Name);
        await TakeAsync(portal, Use(id, user, Now, reads: 1), Use(id, earlier, Now.AddDays(-3), reads: 1));

        var found = await AskAsync(administrator, Now.AddDays(-1), first.Name.Value, second.Name.Value);
        var only = Assert.Single(found)!;
        Assert.Equal((user.Name.Value, user.Email), (only["user"]!.GetValue<string>(), only["email"]!.GetValue<string>()));
        Assert.Equal(2, (await AskAsync(administrator, Now.AddDays(-4), first.Name.Value)).Count);
        string[] unknown = [PortalHost.NewName("no-such-repository")];
        await administrator.Api.PostAsJsonAsync(Users, new { repositories = unknown, since = Now }).ProblemAsync(HttpStatusCode.BadRequest);
        await user.Api.PostAsJsonAsync(Users, new { repositories = new[] { first.Name.Value }, since = Now }).ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_token_tells_when_and_from_where_it_was_used_and_a_new_address_is_audited_once(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        var token = await portal.RecordAsync(record => record.Tokens.Where(row => row.UserId == person.Actor.UserId).Select(row => row.Id).SingleAsync());
        foreach (var (address, minutes) in new[] { ("192.0.2.1", -9), ("192.0.2.2", -7), ("192.0.2.1", -8) })
            await TakeAsync(portal, new UsageBatch([], [new TokenUse(token, address, Now.AddMinutes(minutes)), new TokenUse(Guid.NewGuid(), address, Now)]));

        var listed = (await person.Api.GetFromJsonAsync<JsonArray>("/api/v1/tokens"))!.Single()!;
        Assert.Equal("192.0.2.2", listed["lastUsedFrom"]!.GetValue<string>());
        Assert.InRange(listed["lastUsedAt"]!.GetValue<DateTimeOffset>() - Now.AddMinutes(-7), TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
        var audited = await portal.RecordAsync(record =>
            record.Audit.CountAsync(entry => entry.Action == AuditAction.TokenUsedFromNewAddress && entry.Subject == person.Name.Value));
        Assert.Equal(2, audited);
        Assert.NotNull(await portal.RecordAsync(record => record.Users.Where(user => user.Id == person.Actor.UserId).Select(user => user.LastSeenAt).SingleAsync()));
    }

    [Fact]
    public async Task What_is_older_than_400_days_is_removed()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        var id = new RepositoryId(Guid.NewGuid());
        await TakeAsync(portal, Use(id, person, Now.AddDays(-402), reads: 1), Use(id, person, Now.AddDays(-399), reads: 1));
        await portal.Services.GetServices<IHostedService>().OfType<UsageRemoval>().Single().RemoveAsync(default);
        Assert.Equal(1, await portal.RecordAsync(record => record.Usage.CountAsync(row => row.RepositoryId == id)));
    }

    private const string Users = "/api/v1/admin/usage/users";

    private static async Task<JsonArray> AskAsync(TestPerson administrator, DateTimeOffset since, params string[] repositories)
    {
        using var answer = await administrator.Api.PostAsJsonAsync(Users, new { repositories, since });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonArray>())!;
    }

    private static UseCount Use(RepositoryId repository, TestPerson? person, DateTimeOffset at, long reads = 0, long writes = 0) =>
        new(repository, person?.Name, DateOnly.FromDateTime(at.UtcDateTime), reads, writes, reads * 10, writes * 10, at);

    private static Task<RepositoryId> IdAsync(PortalHost portal, RepositoryName name) =>
        portal.RecordAsync(record => record.Repositories.Where(row => row.Name == name).Select(row => row.Id).SingleAsync());

    private static Task TakeAsync(PortalHost portal, params UseCount[] uses) => TakeAsync(portal, new UsageBatch([.. uses], []));

    private static Task TakeAsync(PortalHost portal, UsageBatch batch) =>
        portal.Services.GetRequiredService<IGrainFactory>().GetGrain<IUsageIntake>(0).Add(batch);
}
