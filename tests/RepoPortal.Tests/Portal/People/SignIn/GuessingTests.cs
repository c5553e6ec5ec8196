using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People.SignIn;

public sealed class GuessingTests(Portals portals)
{
    private static readonly Visitor Elsewhere = new("203.0.113.7", "203.0.113.7", "");

    [Fact]
    public async Task Says_the_same_of_a_wrong_password_and_of_a_name_nobody_has()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using var browser = new FormBrowser(portal);

        Assert.Equal(await RefusalsAsync(browser, person.Name.Value), await RefusalsAsync(browser, "nobody-here"));
        Assert.Contains("try again in 1 minute", (await RefusalsAsync(browser, person.Name.Value))[0], StringComparison.Ordinal);
        Assert.Null(await browser.SignInAsync(person.Name));
        Assert.Equal(5, await portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == AuditAction.SessionRefused)));
    }

    [Fact]
    public async Task Leaves_an_account_alone_that_many_guess_at_but_lets_its_owner_in_from_where_they_were()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        var user = await portal.RecordAsync(record => record.Users.SingleAsync(row => row.Id == person.Actor.UserId));
        using FormBrowser browser = new(portal), later = new(portal);
        Assert.Equal("/", await browser.SignInAsync(person.Name));

        var failures = portal.Services.GetRequiredService<AccountFailures>();
        for (var i = 0; i < 20; i++)
            await failures.AddAsync(user, SessionMethod.Password, Elsewhere, "wrong password", default);

        user = await portal.RecordAsync(record => record.Users.SingleAsync(row => row.Id == person.Actor.UserId));
        Assert.True(await failures.IsClosedAsync(user, Elsewhere, default));
        Assert.Equal("/", await later.SignInAsync(person.Name));
        await person.Api.GetAsync("/api/v1/repositories").JsonAsync();
    }

    private static async Task<string[]> RefusalsAsync(FormBrowser browser, string name)
    {
        var pages = new string[5];
        for (var i = 0; i < pages.Length; i++)
        {
            using var response = await browser.SendAsync("/sign-in", "sign-in", ("user", name), ("password", "wrong wrong wrong"));
            var text = await response.Content.ReadAsStringAsync();
            pages[i] = text[text.IndexOf("role=\"alert\"", StringComparison.Ordinal)..text.IndexOf("</ul>", StringComparison.Ordinal)];
        }

        return pages;
    }
}
