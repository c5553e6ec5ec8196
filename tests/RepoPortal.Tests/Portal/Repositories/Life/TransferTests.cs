using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories.Life;

[Collection(nameof(PortalsWithNode))]
public sealed class TransferTests(PortalsWithNode portals)
{
    [Theory, OnEachDatabase]
    public async Task The_new_owner_decides_the_old_one_may_still_write_and_both_are_told(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, heir) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);

        Assert.Equal("owner", (await TransferAsync(owner, repository, new { to = heir.Name.Value }).JsonAsync()).Text("access"));

        Assert.Equal((AccessLevel.Owner, AccessLevel.Write), await AccessAsync(portal, repository, heir, owner));
        Assert.Equal((1, 0), await MailAsync(portal, heir, owner)); // the old one did it
        Assert.Equal(
            "repository.transferred",
            await portal.RecordAsync(record => record.Audit.Where(row => row.RepositoryId == repository.Id).OrderByDescending(row => row.Id).Select(row => row.Action).FirstAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task The_old_owner_may_leave_and_an_administrator_may_do_it_for_them(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, heir, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var (repository, another) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));

        await TransferAsync(administrator, repository, new { to = heir.Name.Value, from = owner.Name.Value, leave = true }).JsonAsync();
        Assert.Equal((AccessLevel.Owner, AccessLevel.None), await AccessAsync(portal, repository, heir, owner));
        Assert.Equal((1, 1), await MailAsync(portal, heir, owner));

        await TransferAsync(administrator, another, new { to = heir.Name.Value }).JsonAsync();
        Assert.Equal((AccessLevel.Owner, AccessLevel.Owner), await AccessAsync(portal, another, heir, owner));
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_who_cannot_own_and_who_may_not_decide(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, suspended) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await portal.GiveAsync(repository, writer, AccessLevel.Write, owner);
        await portal.RecordAsync(record => record.Users.Where(user => user.Id == suspended.Actor.UserId).ExecuteUpdateAsync(row => row.SetProperty(user => user.Status, UserStatus.Suspended)));

        Assert.Equal("There is nobody called 'nobody-here' here; invite them first.", await TransferAsync(owner, repository, new { to = "nobody-here" }).ProblemAsync(HttpStatusCode.BadRequest));
        Assert.NotEmpty(await TransferAsync(owner, repository, new { }).ProblemAsync(HttpStatusCode.BadRequest));
        Assert.Contains("is suspended", await TransferAsync(owner, repository, new { to = suspended.Name.Value }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("owns it already", await TransferAsync(owner, repository, new { to = owner.Name.Value }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("is not an owner", await TransferAsync(owner, repository, new { to = writer.Name.Value, from = writer.Name.Value }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await TransferAsync(writer, repository, new { to = writer.Name.Value }).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal((AccessLevel.Owner, AccessLevel.Write), await AccessAsync(portal, repository, owner, writer));
    }

    [Theory, OnEachDatabase]
    public async Task The_settings_recommend_a_second_owner_and_hand_over(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, heir) = (await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var settings = $"/r/{repository.Name}/settings";
        Assert.Contains("Two owners are recommended", (await browser.ReadAsync(settings)).Text, StringComparison.Ordinal);

        await portal.GiveAsync(repository, heir, AccessLevel.Owner, owner);
        Assert.DoesNotContain("Two owners are recommended", (await browser.ReadAsync(settings)).Text, StringComparison.Ordinal);
        var third = await portal.PersonAsync();
        Assert.Equal($"/r/{repository.Name}", await browser.SubmitAsync(settings, "transfer", ("heir", third.Name.Value), ("from", heir.Name.Value)));

        Assert.Equal((AccessLevel.Owner, AccessLevel.Write), await AccessAsync(portal, repository, third, heir));
    }

    private static Task<HttpResponseMessage> TransferAsync(TestPerson person, RepositoryView repository, object body) =>
        person.Api.PostAsJsonAsync($"/api/v1/repositories/{repository.Name}/transfer", body);

    private static Task<(AccessLevel First, AccessLevel Second)> AccessAsync(PortalHost portal, RepositoryView repository, TestPerson first, TestPerson second) =>
        portal.RecordAsync(async record =>
        {
            var members = await record.Members.Where(member => member.RepositoryId == repository.Id).ToDictionaryAsync(member => member.UserId, member => member.Access);
            return (members.GetValueOrDefault(first.Actor.UserId!.Value), members.GetValueOrDefault(second.Actor.UserId!.Value));
        });

    private static Task<(int First, int Second)> MailAsync(PortalHost portal, TestPerson first, TestPerson second) => portal.RecordAsync(async record =>
        (await record.Outbox.CountAsync(mail => mail.Recipient == first.Email), await record.Outbox.CountAsync(mail => mail.Recipient == second.Email)));
}
