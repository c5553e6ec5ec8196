using System.Net;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People.Sessions;

public sealed class SessionListTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Shows_every_browser_and_signs_the_others_out(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        using FormBrowser here = new(portal), there = new(portal), elsewhere = new(portal);
        there.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/150.0");
        foreach (var browser in new[] { here, there, elsewhere })
            Assert.Equal("/", await browser.SignInAsync(person.Name));

        var (_, page) = await here.ReadAsync("/account/sessions");
        Assert.Contains("Firefox on Linux", page, StringComparison.Ordinal);
        Assert.Contains("this one", page, StringComparison.Ordinal);
        var sessions = await portal.DoAsync<ListSessions, IReadOnlyList<SessionView>>(list => list.ExecuteAsync(person.Actor, default));
        var firefox = sessions.Single(session => session.Browser == "Firefox on Linux").Id;

        Assert.Equal("/account/sessions", await here.SubmitAsync("/account/sessions", $"end-{firefox:n}"));
        Assert.Equal(HttpStatusCode.Found, (await there.ReadAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.ReadAsync("/account")).Status);

        Assert.Equal("/account/sessions", await here.SubmitAsync("/account/sessions", "end-others"));
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.ReadAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.ReadAsync("/account")).Status);
        Assert.Equal(3, await CountAsync(portal, person, AuditAction.SessionBegun));
        Assert.Equal(2, await CountAsync(portal, person, AuditAction.SessionEnded));
    }

    [Fact]
    public async Task Is_over_for_a_copied_cookie_too_when_its_owner_signs_out()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using var browser = new FormBrowser(portal);
        using var signedIn = await browser.SendAsync("/sign-in", "sign-in", ("user", person.Name.Value), ("password", TestPerson.Password));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("repoportal=", StringComparison.Ordinal)).Split(';')[0];
        using var copy = portal.Client();
        copy.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.OK, (await copy.GetAsync("/account")).StatusCode);

        await browser.SignOutAsync();

        Assert.Equal(HttpStatusCode.Found, (await copy.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Ends_elsewhere_when_the_password_changes_and_goes_on_here()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using FormBrowser here = new(portal), elsewhere = new(portal);
        await here.SignInAsync(person.Name);
        await elsewhere.SignInAsync(person.Name);

        Assert.Equal("/account/security", await here.SubmitAsync(
            "/account/security", "password", ("current", TestPerson.Password), ("password", "tidal ledger octopus"), ("repeat", "tidal ledger octopus")));

        Assert.Equal(HttpStatusCode.OK, (await here.ReadAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.ReadAsync("/account")).Status);
    }

    [Fact]
    public async Task Lapses_when_nobody_uses_it_and_with_the_end_of_its_person()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using FormBrowser forgotten = new(portal), ended = new(portal);
        await forgotten.SignInAsync(person.Name);
        var longAgo = TimeProvider.System.GetUtcNow() - UserSession.Lifetime;
        await portal.RecordAsync(record => record.Sessions.Where(row => row.UserId == person.Actor.UserId)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.LastSeenAt, longAgo)));
        Assert.Equal(HttpStatusCode.Found, (await forgotten.ReadAsync("/account")).Status);

        await ended.SignInAsync(person.Name);
        Assert.Equal(HttpStatusCode.OK, (await ended.ReadAsync("/account")).Status);
        await portal.RecordAsync(record => record.Users.Where(row => row.Id == person.Actor.UserId)
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.EndsAt, TimeProvider.System.GetUtcNow())));
        Assert.Equal(HttpStatusCode.Found, (await ended.ReadAsync("/account")).Status);
        Assert.Null(await ended.SignInAsync(person.Name));
    }

    private static Task<int> CountAsync(PortalHost portal, TestPerson person, string action) =>
        portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == action && entry.Subject == person.Name.Value));
}
