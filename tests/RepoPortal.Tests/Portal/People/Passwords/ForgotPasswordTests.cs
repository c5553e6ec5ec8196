using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Add;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People.Passwords;

public sealed partial class ForgotPasswordTests(Portals portals)
{
    private const string NewPassword = "tidal ledger octopus";

    [Theory, OnEachDatabase]
    public async Task Mails_a_link_that_works_once_and_ends_every_session(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var person = await portal.PersonAsync();
        using FormBrowser elsewhere = new(portal), here = new(portal);
        await elsewhere.SignInAsync(person.Name);
        await portal.RecordAsync(record => record.Users.ExecuteUpdateAsync(row => row.SetProperty(user => user.LockoutEnd, DateTimeOffset.MaxValue)));

        var link = await AskAsync(portal, here, person.Email);
        using (var weak = await here.SendAsync(link, "set-password", ("password", "password2026"), ("repeat", "password2026")))
            Assert.Contains("tried first", await weak.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/", await here.SubmitAsync(link, "set-password", ("password", NewPassword), ("repeat", NewPassword)));

        Assert.Equal(HttpStatusCode.OK, (await here.ReadAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.ReadAsync("/account")).Status);
        Assert.Null(await elsewhere.SubmitAsync(link, "set-password", ("password", NewPassword), ("repeat", NewPassword)));
        Assert.Null(await elsewhere.SignInAsync(person.Name));
        Assert.Equal("/", await elsewhere.SignInAsync(person.Name.Value, NewPassword));
    }

    [Fact]
    public async Task Says_the_same_to_an_address_nobody_has_and_mails_nothing()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using var browser = new FormBrowser(portal);

        var unknown = await AnswerAsync(browser, "nobody@example.org");
        var known = await AnswerAsync(browser, person.Email);
        await AnswerAsync(browser, person.Email);
        await AskedAsync(portal, person);

        Assert.Equal(unknown.Replace("nobody@example.org", person.Email, StringComparison.Ordinal), known);
        Assert.Single(await portal.RecordAsync(record => record.Outbox.ToListAsync()));
    }

    [Fact]
    public async Task Refuses_a_link_of_somebody_who_was_suspended_since()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using var browser = new FormBrowser(portal);
        var link = await AskAsync(portal, browser, person.Email);
        await portal.RecordAsync(record => record.Users.ExecuteUpdateAsync(row => row.SetProperty(user => user.Status, UserStatus.Suspended)));

        Assert.Null(await browser.SubmitAsync(link, "set-password", ("password", NewPassword), ("repeat", NewPassword)));
    }

    private static async Task<string> AskAsync(PortalHost portal, FormBrowser browser, string email)
    {
        await AnswerAsync(browser, email);
        await Eventually.TrueAsync(() => Directory.Exists(portal.Data.Mail) && Directory.GetFiles(portal.Data.Mail, "*.eml").Length > 0);
        var mail = await File.ReadAllTextAsync(Directory.GetFiles(portal.Data.Mail, "*.eml").Single());
        return Link().Match(mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)).Value;
    }

    private static async Task<string> AnswerAsync(FormBrowser browser, string email)
    {
        using var response = await browser.SendAsync("/forgot", "forgot", ("email", email));
        var text = await response.Content.ReadAsStringAsync();
        return text[text.IndexOf("<h1>", StringComparison.Ordinal)..text.IndexOf("</main>", StringComparison.Ordinal)];
    }

    private static Task AskedAsync(PortalHost portal, TestPerson person) => Eventually.TrueAsync(() =>
        portal.RecordAsync(record => record.Audit.AnyAsync(entry => entry.Action == AuditAction.PasswordForgotten && entry.Subject == person.Name.Value)));

    [GeneratedRegex("/set-password\\?[^\\s\"<]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
