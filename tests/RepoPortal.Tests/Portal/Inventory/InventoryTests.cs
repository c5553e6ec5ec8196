using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Inventory;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Inventory;

public sealed class InventoryTests(Portals portals)
{
    private const int Rows = 137;
    private const string Path = "/api/v1/admin/repositories";

    /// <summary>Whatever the order, the page size and the direction: every row comes once, and in order.</summary>
    [Theory, OnEachDatabase]
    public async Task Gives_each_row_once_and_in_order_walking_forth_and_back(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        await FillAsync(portal);

        foreach (var sort in Enum.GetValues<InventorySort>())
        {
            foreach (var (descending, limit) in new[] { (false, 10), (true, 7), (false, Rows), (true, 1 + Rows / 2) })
            {
                var expected = await ExpectedAsync(portal, sort, descending);
                var (forth, last) = await WalkAsync(portal, new InventoryRequest(new InventoryFilter(), sort, descending, limit), page => page.Next);
                Assert.Equal(expected, forth.SelectMany(page => page.Rows).Select(row => row.Name.Value));
                Assert.Equal(forth.Select(page => page.Position), Positions(forth));

                var (back, _) = await WalkAsync(portal, last, page => page.Previous);
                Assert.Equal(expected, back.AsEnumerable().Reverse().SelectMany(page => page.Rows).Select(row => row.Name.Value));
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task Keeps_its_place_when_rows_come_and_go(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        await FillAsync(portal);
        var request = new InventoryRequest(new InventoryFilter(), InventorySort.Name, Limit: 20);
        var first = await ListAsync(portal, request);

        var (head, tail) = (first.Rows[0].Name, first.Rows[^1].Name);
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Name == head || row.Name == tail).ExecuteDeleteAsync());
        var second = await ListAsync(portal, request with { Cursor = first.Next });

        Assert.True(string.CompareOrdinal(second.Rows[0].Name.Value, tail.Value) > 0);
        Assert.Equal(Rows - 2, second.Total);
    }

    [Theory, OnEachDatabase]
    public async Task Searches_and_filters(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var owner = await FillAsync(portal);
        async Task<long> CountAsync(InventoryFilter filter) => (await ListAsync(portal, new InventoryRequest(filter))).Total;

        Assert.Equal(Rows, await CountAsync(new InventoryFilter()));
        Assert.Equal(1, await CountAsync(new InventoryFilter(Search: "REPO-0042")));
        Assert.Equal(Rows, await CountAsync(new InventoryFilter(Search: owner.Name.Value)));
        Assert.Equal(13, await CountAsync(new InventoryFilter(Search: "number 7% ")));
        Assert.Equal(0, await CountAsync(new InventoryFilter(Search: "number _7")));
        Assert.Equal(Rows, await CountAsync(new InventoryFilter(Search: "\0")));
        Assert.Equal(Rows, await CountAsync(new InventoryFilter(Owner: owner.Name.Value)));
        Assert.Equal(0, await CountAsync(new InventoryFilter(Owner: "nobody-here")));
        var expected = await portal.RecordAsync(record => record.Repositories.LongCountAsync(row => row.TierId == "critical" && row.State == RepositoryState.Failed));
        Assert.Equal(expected, await CountAsync(new InventoryFilter(Tier: "critical", State: RepositoryState.Failed)));
        Assert.Equal(0, await CountAsync(new InventoryFilter(Node: "elsewhere")));
    }

    [Theory, OnEachDatabase]
    public async Task Filters_by_promise_and_by_what_somebody_may_have_to_do_about(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        await FillAsync(portal);
        async Task<long> CountAsync(InventoryFilter filter) => (await ListAsync(portal, new InventoryRequest(filter))).Total;
        var now = TimeProvider.System.GetUtcNow();
        var ready = await portal.RecordAsync(record => record.Repositories.Where(row => row.State == RepositoryState.Ready).OrderBy(row => row.Name).Select(row => row.Id).ToListAsync());
        await portal.RecordAsync(record =>
        {
            foreach (var (id, state) in ready.Take(3).Zip([PromiseState.Broken, PromiseState.Broken, PromiseState.AtRisk]))
            {
                var protection = Protection.Begin(id, generation: 1, now);
                protection.State = state;
                record.Add(protection);
            }

            record.Add(new Confirmation { RepositoryId = ready[0], AskedAt = now, ToldAt = now, Times = ConfirmationSteps.Asked });
            record.Add(new Confirmation { RepositoryId = ready[1], AskedAt = now, ToldAt = now, Times = ConfirmationSteps.Escalated });
            record.Add(new Confirmation { RepositoryId = ready[3], AskedAt = now, ToldAt = now, Times = ConfirmationSteps.Escalated });
            return record.SaveChangesAsync();
        });
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == ready[3]).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.ArchivedAt, now)));
        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == ready[4]).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.OrphanedAt, now)));

        Assert.Equal(2, await CountAsync(new InventoryFilter(Promise: PromiseState.Broken)));
        Assert.Equal(1, await CountAsync(new InventoryFilter(Promise: PromiseState.AtRisk)));
        Assert.Equal(0, await CountAsync(new InventoryFilter(Promise: PromiseState.Kept)));
        Assert.Equal(ready.Count - 3, await CountAsync(new InventoryFilter(Promise: PromiseState.Unknown)));
        Assert.Equal(1, await CountAsync(new InventoryFilter(Condition: InventoryCondition.Archived)));
        Assert.Equal(ready.Count - 1, await CountAsync(new InventoryFilter(Condition: InventoryCondition.InUse)));
        Assert.Equal(1, await CountAsync(new InventoryFilter(Condition: InventoryCondition.NoOwner)));
        Assert.Equal(2, await CountAsync(new InventoryFilter(Condition: InventoryCondition.Asked)));
        Assert.Equal(1, await CountAsync(new InventoryFilter(Condition: InventoryCondition.NotConfirmed)));
        Assert.Equal(1, await CountAsync(new InventoryFilter(Promise: PromiseState.Broken, Condition: InventoryCondition.NotConfirmed)));
    }

    [Theory, OnEachDatabase]
    public async Task Answers_over_rest_to_administrators_only(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        await FillAsync(portal);
        var (administrator, person) = (await portal.PersonAsync("admin", administrator: true), await portal.PersonAsync());

        await person.Api.GetAsync(Path).ProblemAsync(HttpStatusCode.Forbidden);
        var first = await administrator.Api.GetAsync($"{Path}?sort=-size&limit=5&state=ready").JsonAsync();
        var second = await administrator.Api.GetAsync($"{Path}?sort=-size&limit=5&state=ready&cursor={first.Text("next")}").JsonAsync();
        var sizes = new[] { first, second }.SelectMany(page => page.GetProperty("items").EnumerateArray()).Select(row => row.GetProperty("sizeBytes").GetInt64()).ToList();
        Assert.Equal(10, sizes.Count);
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("previous").ValueKind);

        foreach (var query in new[] { "sort=colour", "state=gone", "limit=0", "limit=201", "limit=x", "cursor=nonsense", "promise=gone", "condition=odd", $"sort=name&cursor={first.Text("next")}" })
            await administrator.Api.GetAsync($"{Path}?{query}").ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory, OnEachDatabase]
    public async Task Exports_everything_as_csv_that_no_spreadsheet_runs(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        await FillAsync(portal);
        var administrator = await portal.PersonAsync("admin", administrator: true);
        var owner = await portal.PersonAsync();
        await portal.RepositoryAsync(owner, description: "=HYPERLINK(\"https://evil.example\"), \"quoted\"");
        administrator.Api.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));

        using var response = await administrator.Api.GetAsync($"{Path}?sort=-created");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("name,description,owners,tier,visibility,state,node,youngest,sizeBytes,", lines[0], StringComparison.Ordinal);
        Assert.Equal(Rows + 2, lines.Length);
        Assert.Contains("\"'=HYPERLINK(\"\"https://evil.example\"\"), \"\"quoted\"\"\"", lines[1], StringComparison.Ordinal);
    }

    private static async Task<TestPerson> FillAsync(PortalHost portal)
    {
        var owner = await portal.PersonAsync("keeper");
        await portal.RecordAsync(async record =>
        {
            var tiers = await record.Tiers.OrderBy(tier => tier.Order).ToListAsync();
            var user = await record.Users.SingleAsync(row => row.Id == owner.Actor.UserId);
            for (var i = 0; i < Rows; i++)
                record.Add(Row(i, tiers[i % tiers.Count], user));
            return await record.SaveChangesAsync();
        });
        return owner;
    }

    // Few different values, so that every order has many ties to break.
    private static Repository Row(int i, RepoPortal.Portal.Tiers.Tier tier, User owner)
    {
        var created = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(i * 7 % 11).AddTicks(i % 3 * 10);
        var repository = new Repository
        {
            Id = new RepositoryId(Guid.NewGuid()),
            Name = RepositoryName.Parse($"repo-{i * 59 % Rows:0000}"),
            Uuid = Guid.NewGuid(),
            Description = $"number {i}% ",
            TierId = tier.Id,
            Tier = tier,
            Visibility = (Visibility)(i % 3),
            Layout = RepositoryLayout.Empty,
            State = (RepositoryState)(i % 5 == 0 ? 2 : 1),
            CreatedAt = created,
            Creator = owner.Name,
            SizeBytes = i * 31 % 13 * 1_000_000_000L,
            LastCommitAt = i % 4 == 0 ? null : created.AddDays(i % 6),
        };
        repository.Members.Add(new Membership
        {
            RepositoryId = repository.Id,
            UserId = owner.Id,
            User = owner,
            Access = AccessLevel.Owner,
            GrantedAt = created,
            GrantedBy = "test",
        });
        repository.RefreshInventoryColumns();
        return repository;
    }

    private static async Task<List<string>> ExpectedAsync(PortalHost portal, InventorySort sort, bool descending)
    {
        var rows = await portal.RecordAsync(record => record.Repositories.AsNoTracking().ToListAsync());
        IComparable Key(Repository row) => sort switch
        {
            InventorySort.Name => 0,
            InventorySort.Tier => row.TierOrder,
            InventorySort.State => (int)row.State,
            InventorySort.Size => row.SizeBytes,
            InventorySort.LastCommit => row.LastCommitAt ?? row.CreatedAt,
            InventorySort.Created => row.CreatedAt,
            InventorySort.Members => row.MemberCount,
            _ => row.ExternalMemberCount,
        };
        var sorted = rows.OrderBy(Key).ThenBy(row => row.Name.Value, StringComparer.Ordinal).Select(row => row.Name.Value).ToList();
        if (descending)
            sorted.Reverse();
        return sorted;
    }

    private static IEnumerable<long> Positions(IEnumerable<InventoryPage> pages)
    {
        var position = 0L;
        foreach (var page in pages)
        {
            yield return position;
            position += page.Rows.Count;
        }
    }

    private static async Task<(List<InventoryPage> Pages, InventoryRequest Last)> WalkAsync(
        PortalHost portal, InventoryRequest request, Func<InventoryPage, string?> onwards)
    {
        var pages = new List<InventoryPage>();
        while (true)
        {
            var page = await ListAsync(portal, request);
            pages.Add(page);
            Assert.Equal(Rows, page.Total);
            if (onwards(page) is not { } cursor)
                return (pages, request);
            request = request with { Cursor = cursor };
        }
    }

    private static async Task<InventoryPage> ListAsync(PortalHost portal, InventoryRequest request) =>
        (await portal.DoAsync<ListInventory, Outcome<InventoryPage>>(list => list.ExecuteAsync(request, Actor.Operator, default))).Value;
}
