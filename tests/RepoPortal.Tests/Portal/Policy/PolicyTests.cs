using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.Policy;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.People.Providers;
using RepoPortal.Tests.Portal.People.SecondFactor;

namespace RepoPortal.Tests.Portal.Policy;

public sealed class PolicyTests(Portals portals)
{
    private static readonly PolicyRequest Usual = PolicyRequest.Of(new SitePolicy());

    [Fact]
    public async Task Leads_owners_and_administrators_to_their_second_factor_before_anything_else()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var (administrator, owner, member) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync("owner"), await portal.PersonAsync("member"));
        var repository = await portal.RepositoryAsync(owner);
        var throughGroup = await portal.PersonAsync("through-group");
        await administrator.Api.PutAsJsonAsync("/api/v1/groups/keepers", new { members = new[] { throughGroup.Name.Value } }).JsonAsync(HttpStatusCode.Created);
        await owner.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/groups/keepers", new { access = "owner" }).JsonAsync();
        using FormBrowser first = new(portal), second = new(portal), third = new(portal), fourth = new(portal);
        await fourth.SignInAsync(throughGroup.Name);
        await first.SignInAsync(administrator.Name);
        await second.SignInAsync(owner.Name);
        await third.SignInAsync(member.Name);
        Assert.Equal("/admin/policy", await first.SubmitAsync(
            "/admin/policy", "policy", ("localAccounts", "everybody"), ("administrators", "true"), ("owners", "true"), ("externalDays", "90"), ("externalMaxDays", "180"), ("confirmDays", "365"), ("idleDays", "365")));

        Assert.Equal(HttpStatusCode.Found, (await first.ReadAsync("/admin/policy")).Status);
        Assert.Equal(HttpStatusCode.Found, (await second.ReadAsync("/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await third.ReadAsync("/")).Status);
        Assert.Equal(HttpStatusCode.Found, (await fourth.ReadAsync("/")).Status);
        await owner.Api.GetAsync("/api/v1/repositories").JsonAsync();

        await AuthenticatorTests.SetUpAsync(second);
        Assert.Equal(HttpStatusCode.OK, (await second.ReadAsync("/")).Status);
        Assert.Equal(1, await portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == AuditAction.PolicyChanged)));
    }

    [Theory, OnEachDatabase]
    public async Task Never_keeps_the_last_administrator_out(Database database)
    {
        await using var portal = await portals.StartAsync(database, InstituteSettings.All);
        var (administrator, person) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        using FormBrowser browser = new(portal), his = new(portal);
        await browser.SignInAsync(person.Name);
        await his.SignInAsync(administrator.Name);

        var refused = await ChangeAsync(portal, Usual with { LocalAccounts = LocalAccounts.Nobody }, administrator.Actor);
        Assert.Equal(RefusalKind.Conflict, refused.Refusal?.Kind);
        await portal.RecordAsync(async record =>
        {
            record.Add(new ExternalIdentity
            {
                Provider = "institute",
                Subject = "anna",
                UserId = administrator.Actor.UserId!.Value,
                LinkedAt = TimeProvider.System.GetUtcNow(),
                LastSignInAt = TimeProvider.System.GetUtcNow(),
                ConfirmedAt = TimeProvider.System.GetUtcNow(),
                CheckedAt = TimeProvider.System.GetUtcNow(),
            });
            return await record.SaveChangesAsync();
        });
        Assert.Null((await ChangeAsync(portal, Usual with { LocalAccounts = LocalAccounts.External }, administrator.Actor)).Refusal);

        Assert.Equal(HttpStatusCode.Found, (await browser.ReadAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await his.ReadAsync("/account")).Status);
        Assert.Null(await browser.SignInAsync(person.Name));
        Assert.Null((await ChangeAsync(portal, Usual, Actor.Operator)).Refusal);
        Assert.Equal("/", await browser.SignInAsync(person.Name));
    }

    [Theory]
    [InlineData(0, 10, "externalDays")]
    [InlineData(11, 10, "externalDays")]
    [InlineData(10, 4000, "externalMaxDays")]
    public async Task Refuses_days_that_contradict_each_other(int days, int most, string field)
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var refused = await ChangeAsync(portal, Usual with { ExternalDays = days, ExternalMaxDays = most }, Actor.Operator);
        Assert.Equal(field, refused.Refusal?.Field);
    }

    private static Task<Outcome<PolicyRequest>> ChangeAsync(PortalHost portal, PolicyRequest wanted, Actor actor) =>
        portal.DoAsync<ChangePolicy, Outcome<PolicyRequest>>(change => change.ExecuteAsync(wanted, actor, default));
}
