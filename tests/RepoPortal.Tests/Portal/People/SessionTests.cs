using System.Net;
using System.Text.RegularExpressions;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People;

public sealed partial class SessionTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Ends_with_the_next_request_of_somebody_who_was_suspended(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (person, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        using var browser = Browser(portal);

        Assert.Equal(HttpStatusCode.Found, await SignInAsync(browser, person.Name.Value, TestPerson.Password));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/tokens")).StatusCode);
        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.SuspendAsync(person.Name.Value, administrator.Actor, default));

        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/account/tokens")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(browser, person.Name.Value, TestPerson.Password));
    }

    [Theory, OnEachDatabase]
    public async Task Begins_with_name_or_address_and_the_right_password_only(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        using var browser = Browser(portal);

        Assert.Equal(HttpStatusCode.OK, await SignInAsync(browser, person.Name.Value, "wrong wrong wrong"));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(browser, "nobody-here", TestPerson.Password));
        Assert.Equal(HttpStatusCode.Found, await SignInAsync(browser, person.Email, TestPerson.Password));
    }

    [Fact]
    public async Task Is_held_by_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using var browser = Browser(portal);
        using var response = await PostAsync(browser, person.Name.Value, TestPerson.Password);

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), value => value.StartsWith("repoportal=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Opens_no_api()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using var browser = Browser(portal);
        await SignInAsync(browser, person.Name.Value, TestPerson.Password);

        await browser.GetAsync("/api/v1/repositories").ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Does_not_begin_by_a_form_from_another_site()
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();
        using var browser = Browser(portal);
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("user", person.Name.Value), new("password", TestPerson.Password)]);

        using var response = await browser.PostAsync("/sign-in", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static HttpClient Browser(PortalHost portal) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = portal.Address };

    private static async Task<HttpStatusCode> SignInAsync(HttpClient browser, string user, string password)
    {
        using var response = await PostAsync(browser, user, password);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string user, string password)
    {
        var page = await browser.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"),
            new("__RequestVerificationToken", AntiforgeryToken().Match(page).Groups["token"].Value),
            new("user", user),
            new("password", password),
        ]);
        return await browser.PostAsync("/sign-in", form);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AntiforgeryToken();
}
