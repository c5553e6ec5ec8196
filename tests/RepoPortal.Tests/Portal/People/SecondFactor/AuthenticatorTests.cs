using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People.SecondFactor;

public sealed partial class AuthenticatorTests(Portals portals)
{
    private const string Security = "/account/security";
    private const string SetUp = "/account/security/authenticator";
    private const string CodePage = "/sign-in/code";

    [Theory, OnEachDatabase]
    public async Task Asks_for_a_code_after_the_password_once_the_app_proved_that_it_has_the_key(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        using FormBrowser here = new(portal), there = new(portal);
        await here.SignInAsync(person.Name);
        var (key, _) = await SetUpAsync(here);

        Assert.StartsWith(CodePage, await there.SignInAsync(person.Name), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await there.ReadAsync("/account")).Status);
        Assert.Null(await there.SubmitAsync(CodePage, "code", ("code", "000000")));
        Assert.Equal("/", await there.SubmitAsync(CodePage, "code", ("code", Code(key)), ("rememberBrowser", "true")));
        Assert.Equal(HttpStatusCode.OK, (await there.ReadAsync("/account")).Status);

        await there.SignOutAsync();
        Assert.Equal("/", await there.SignInAsync(person.Name));
        Assert.Equal(HttpStatusCode.OK, (await here.ReadAsync("/account")).Status);
    }

    [Fact]
    public async Task Takes_each_recovery_code_once_and_keeps_none_of_them_as_it_is()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(person.Name);
        var (_, codes) = await SetUpAsync(browser);

        Assert.Equal(10, codes.Distinct().Count());
        var kept = await portal.RecordAsync(record => record.UserTokens.Where(token => token.UserId == person.Actor.UserId).Select(token => token.Value!).ToListAsync());
        Assert.DoesNotContain(codes, code => kept.Exists(value => value.Contains(code.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)));
        foreach (var expected in new[] { "/", null })
        {
            await browser.SignOutAsync();
            await browser.SignInAsync(person.Name);
            Assert.Equal(expected, await browser.SubmitAsync(CodePage, "code", ("code", codes[3].ToLowerInvariant())));
        }
    }

    [Fact]
    public async Task Is_taken_away_by_whoever_has_the_password()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using FormBrowser browser = new(portal), later = new(portal);
        await browser.SignInAsync(person.Name);
        await SetUpAsync(browser);

        Assert.Null(await browser.SubmitAsync(Security, "remove-authenticator", ("proof", "wrong wrong wrong")));
        Assert.Equal(Security, await browser.SubmitAsync(Security, "remove-authenticator", ("proof", TestPerson.Password)));

        Assert.Equal("/", await later.SignInAsync(person.Name));
    }

    [Fact]
    public async Task Asks_nobody_whose_app_took_no_key()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using FormBrowser browser = new(portal), later = new(portal);
        await browser.SignInAsync(person.Name);
        Assert.Equal(SetUp, await browser.SubmitAsync(Security, "begin-authenticator"));
        Assert.Null(await browser.SubmitAsync(SetUp, "confirm", ("code", "000000")));

        Assert.Equal("/", await later.SignInAsync(person.Name));
    }

    internal static async Task<(string Key, string[] Codes)> SetUpAsync(FormBrowser browser)
    {
        Assert.Equal(SetUp, await browser.SubmitAsync(Security, "begin-authenticator"));
        var (_, page) = await browser.ReadAsync(SetUp);
        var key = Key().Match(page).Value;
        Assert.Equal(Security, await browser.SubmitAsync(SetUp, "confirm", ("code", Code(key))));
        var (_, shown) = await browser.ReadAsync(Security);
        return (key, [.. Recovery().Matches(shown).Select(match => match.Groups["code"].Value)]);
    }

    private static string Code(string key) => Totp.CodeOf(key, TimeProvider.System.GetUtcNow());

    [GeneratedRegex("[A-Z2-7]{4}( [A-Z2-7]{4}){7}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex("<code>(?<code>[0-9A-Z]{5}-[0-9A-Z]{5})</code>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Recovery();
}
