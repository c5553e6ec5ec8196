using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People.Email;

public sealed partial class EmailChangeTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Happens_when_both_addresses_confirmed_and_is_told_to_the_old_one(Database database)
    {
        // No mail is sent, so that it can be read while it waits.
        await using var portal = await portals.StartAsync(database, Waiting);
        var person = await portal.PersonAsync();
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(person.Name);
        Assert.Equal("/account", await browser.SubmitAsync("/account", "email", ("email", "new@example.org")));

        using var anybody = new FormBrowser(portal);
        var (present, fresh) = (await LinkAsync(portal, person.Email), await LinkAsync(portal, "new@example.org"));
        await ConfirmAsync(anybody, fresh);
        Assert.Equal(person.Email, await EmailAsync(portal, person));
        await ConfirmAsync(anybody, present);

        Assert.Equal("new@example.org", await EmailAsync(portal, person));
        Assert.Equal(HttpStatusCode.Gone, (await anybody.ReadAsync(present)).Status);
        Assert.Contains("new@example.org", (await MailAsync(portal, person.Email))[^1].Text, StringComparison.Ordinal);
        Assert.Equal("/", await anybody.SignInAsync("new@example.org"));
        Assert.Equal(1, await portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == AuditAction.EmailChanged)));
    }

    [Fact]
    public async Task Does_not_tell_that_somebody_has_the_address()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite, Waiting);
        var (person, other) = (await portal.PersonAsync(), await portal.PersonAsync());
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(person.Name);

        Assert.Equal("/account", await browser.SubmitAsync("/account", "email", ("email", other.Email)));

        Assert.DoesNotMatch(Link(), (await MailAsync(portal, other.Email)).Single().Text);
        await ConfirmAsync(browser, await LinkAsync(portal, person.Email));
        Assert.Equal(person.Email, await EmailAsync(portal, person));
    }

    private static (string Key, string Value)[] Waiting => [("RepoPortal:Mail:Mode", "Smtp"), ("RepoPortal:Mail:Server", "localhost"), ("RepoPortal:Mail:Port", "1")];

    private static async Task ConfirmAsync(FormBrowser browser, string link)
    {
        using var confirmed = await browser.SendAsync(link, "confirm");
        Assert.Contains("Confirmed", await confirmed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> LinkAsync(PortalHost portal, string recipient) => Link().Match((await MailAsync(portal, recipient))[^1].Text).Value;

    private static async Task<MailText[]> MailAsync(PortalHost portal, string recipient)
    {
        var messages = await portal.RecordAsync(record => record.Outbox.Where(message => message.Recipient == recipient).OrderBy(message => message.Id).ToListAsync());
        return [.. messages.Select(portal.Services.GetRequiredService<Outbox>().Open)];
    }

    private static Task<string?> EmailAsync(PortalHost portal, TestPerson person) =>
        portal.RecordAsync(record => record.Users.Where(user => user.Id == person.Actor.UserId).Select(user => user.Email).SingleAsync());

    [GeneratedRegex("/confirm-email/[0-9a-f]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
