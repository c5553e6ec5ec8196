using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RepoPortal.SystemTests.Fixtures;
using RepoPortal.SystemTests.Pages;

namespace RepoPortal.SystemTests.Providers;

/// <summary>People sign in through providers, over real redirects in Chromium.</summary>
public sealed partial class ThroughProviders(ProvidedServer portal) : IClassFixture<ProvidedServer>
{
    private const string Institute = "Institute of Ice";

    private const string SeaIce = "5f1c2d3e-0000-4000-8000-00000000000a";

    [Fact]
    public async Task A_first_sign_in_makes_an_account_and_the_next_leads_straight_in()
    {
        var person = portal.Plain.Add(new ProviderPerson("maja@ice.example") { Name = "Maja Lind", Email = "maja@ice.example" });
        await using var context = await portal.VisitAsync();
        var maja = new PortalVisitor(await context.NewPageAsync());
        await maja.GoAsync("/sign-in?returnUrl=%2Faccount%2Fsessions");
        await new PageSight(maja.Page).LookAsync("sign-in-providers");
        await maja.GoThroughAsync($"Sign in with {Institute}", person);
        await maja.SeeHeadingAsync("Welcome, Maja Lind");
        await new PageSight(maja.Page).LookAsync("first-sign-in");
        await maja.FillAsync("Institution (optional)", "Institute of Ice");
        await maja.MakeAccountAsync("maja");
        await maja.SeeAsync("institute");
        await maja.PressSignOutAsync();

        await maja.ComeThroughAsync(Institute, person);
        await maja.SeeHeadingAsync("Repositories");
        await maja.GoAsync("/account/security");
        await maja.SeeAsync("Maja Lind, maja@ice.example");
        await new PageSight(maja.Page).LookAsync("providers");
        // From elsewhere, because no rule says otherwise of this provider.
        await maja.GoAsync("/new");
        await maja.SeeAsync("Collaborators from elsewhere make no repositories here");
    }

    [Fact]
    public async Task Tenants_and_guests_are_told_apart_and_claims_of_groups_become_read_only_groups()
    {
        var own = portal.Entra.Add(new ProviderPerson("olga@home.example") { Tenant = ProvidedServer.Home, Name = "Olga Own", Email = "olga@home.example", Groups = { SeaIce, "7d7d7d7d-not-named-here" } });
        var guest = portal.Entra.Add(new ProviderPerson("gil_else.example#EXT#@home.example") { Tenant = ProvidedServer.Home, IsGuest = true, Name = "Gil Guest", Email = "gil@else.example" });
        var partner = portal.Entra.Add(new ProviderPerson("pia@partner.example") { Tenant = ProvidedServer.Partner, Name = "Pia Partner", Email = "pia@partner.example" });
        var stranger = portal.Entra.Add(new ProviderPerson("sam@strange.example") { Tenant = ProvidedServer.Strange, Name = "Sam Strange", Email = "sam@strange.example" });

        var olga = await ComeAsync("Microsoft", own);
        await olga.MakeAccountAsync("olga");
        await olga.GoAsync("/new");
        await olga.SeeHeadingAsync("New repository");
        await olga.GoAsync("/groups/sea-ice");
        await olga.SeeAsync("comes from the sign-in provider");
        await olga.SeeAsync("Olga Own");

        foreach (var (from, name) in new[] { (guest, "gil_else.example"), (partner, "pia") })
        {
            var visitor = await ComeAsync("Microsoft", from);
            await Assertions.Expect(visitor.Page.GetByLabel("Institution (optional)")).ToBeVisibleAsync();
            await visitor.MakeAccountAsync(name);
        }

        var sam = await ComeAsync("Microsoft", stranger);
        await sam.SeeAsync("Your organisation's Microsoft accounts are not let in here.");
        Assert.DoesNotContain("sam", await portal.Server.UserNamesAsync(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_address_that_the_provider_has_not_verified_has_to_be_proven_by_mail()
    {
        var person = portal.Plain.Add(new ProviderPerson("nele@ice.example") { Name = "Nele", Email = "nele@home.example", IsEmailVerified = false });
        var nele = await ComeAsync(Institute, person);
        await nele.SeeHeadingAsync("Your e-mail address");
        await new PageSight(nele.Page).LookAsync("first-sign-in-address");
        await nele.PressAsync("Send the link");
        await nele.SeeHeadingAsync("Look into your mail");
        Assert.DoesNotContain("nele", await portal.Server.UserNamesAsync(), StringComparer.Ordinal);
        var link = await portal.MailedAsync("nele@home.example", ProofLink());

        // In another browser the link asks the provider who is there; to somebody else it is worth nothing.
        var other = portal.Plain.Add(new ProviderPerson("else@ice.example") { Name = "Else", Email = null });
        var elsewhere = new PortalVisitor(await (await portal.VisitAsync()).NewPageAsync());
        await elsewhere.GoAsync(link);
        await elsewhere.AnswerAsync(other.Login);
        await elsewhere.SeeHeadingAsync("Your e-mail address");

        var laptop = new PortalVisitor(await (await portal.VisitAsync()).NewPageAsync());
        await laptop.GoAsync(link);
        await laptop.AnswerAsync(person.Login);
        await laptop.SeeHeadingAsync("Welcome, Nele");

        await nele.GoAsync(link);
        await nele.SeeHeadingAsync("Welcome, Nele");
        await nele.MakeAccountAsync("nele");
    }

    [Fact]
    public async Task Nobody_gets_at_an_account_by_claiming_its_address()
    {
        await portal.Server.AddUserAsync("victor");
        var thief = portal.Plain.Add(new ProviderPerson("thief@ice.example") { Name = "Thief", Email = "victor@lab.example", IsEmailVerified = false });
        var visitor = await ComeAsync(Institute, thief);
        await visitor.SeeHeadingAsync("Your e-mail address");
        await visitor.PressAsync("Send the link");
        await visitor.SeeHeadingAsync("Look into your mail");
        // The page says what it says to everybody; the mailbox is told the truth, and no link.
        await portal.MailedAsync("victor@lab.example", HasAccount());
        await visitor.GoAsync("/account");
        await visitor.SeeHeadingAsync("Sign in");
    }

    [Fact]
    public async Task A_provider_is_joined_to_an_account_when_that_was_confirmed_on_its_page()
    {
        await portal.Server.AddUserAsync("jonas");
        var person = portal.Plain.Add(new ProviderPerson("j.berg@ice.example") { Name = "Jonas Berg", Email = "jonas@lab.example" });
        var jonas = await ComeAsync(Institute, person);
        await jonas.SeeHeadingAsync("You have an account already");
        await new PageSight(jonas.Page).LookAsync("first-sign-in-known");
        await jonas.FollowAsync("Sign in to join them");
        await jonas.FillAsync("User name or e-mail address", "jonas");
        await jonas.FillAsync("Password", PortalVisitor.Password);
        await jonas.PressAsync("Sign in");
        await jonas.SeeAsync("You came back from");
        await new PageSight(jonas.Page).LookAsync("join-provider");
        await jonas.PressAsync($"Join {Institute} to this account");
        await jonas.SeeAsync("it opens this account from now on");
        await jonas.PressSignOutAsync();
        await jonas.ComeThroughAsync(Institute, person);
        await jonas.SeeHeadingAsync("Repositories");
        await jonas.GoAsync("/account");
        await jonas.SeeAsync("jonas");

        // What belongs to one account is not joined to another.
        await portal.Server.AddUserAsync("kurt");
        var kurt = new PortalVisitor(await (await portal.VisitAsync()).NewPageAsync());
        await kurt.SignInAsync("kurt");
        await kurt.GoAsync("/account/security");
        await kurt.GoThroughAsync($"Join {Institute}", person);
        await kurt.SeeAsync("is joined to another account here");
        await Assertions.Expect(kurt.Page.GetByText($"Join {Institute} to this account")).ToHaveCountAsync(0);

        await jonas.GoAsync("/account/security");
        await jonas.Page.GetByText($"Remove {Institute}").First.ClickAsync();
        await jonas.PressAsync($"Remove {Institute}");
        await jonas.SeeAsync($"{Institute} is removed.");
        await jonas.PressSignOutAsync();
        await jonas.ComeThroughAsync(Institute, person);
        await jonas.SeeHeadingAsync("You have an account already");
    }

    [Fact]
    public async Task What_changes_at_the_provider_follows_and_who_is_closed_out_there_loses_session_and_tokens_here()
    {
        var person = portal.Plain.Add(new ProviderPerson("rosa@ice.example") { Name = "Rosa Rot", Email = "rosa@ice.example", Groups = { "/staff" } });
        var rosa = await ComeAsync(Institute, person);
        await rosa.MakeAccountAsync("rosa");
        var token = (await portal.Server.RunAsync(["token", "create", "rosa"])).Trim();
        using var api = new Api(portal.Server.Address, token);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("groups/institute-staff")).Status);

        (person.Name, person.Email) = ("Rosa Rosen", "rosa.rosen@ice.example");
        person.Groups.Clear();
        await Eventually.TrueAsync(async () => (await api.GetAsync("groups/institute-staff")).Status == HttpStatusCode.NotFound);
        await rosa.GoAsync("/account");
        await rosa.SeeAsync("Rosa Rosen");
        await rosa.SeeAsync("rosa.rosen@ice.example");

        person.IsDisabled = true;
        await Eventually.TrueAsync(async () => (await api.GetAsync("repositories")).Status == HttpStatusCode.Unauthorized);
        await rosa.GoAsync("/account");
        await rosa.SeeHeadingAsync("Sign in");

        person.IsDisabled = false;
        await rosa.ComeThroughAsync(Institute, person);
        await rosa.SeeHeadingAsync("Repositories");
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("repositories")).Status);
    }

    [Fact]
    public async Task An_invitation_leads_through_a_provider_into_the_repository()
    {
        var token = await portal.Server.AddUserAsync("owner");
        using var api = new Api(portal.Server.Address, token);
        await api.CreateReadyAsync("ice-cores");
        var (_, invitation) = await api.SendAsync(HttpMethod.Post, "repositories/ice-cores/invitations", new { email = "tove@uninvited.example", access = "write" });
        var person = portal.Plain.Add(new ProviderPerson("tove@ice.example") { Name = "Tove", Email = "tove.private@uninvited.example" });

        var uninvited = await ComeAsync(Institute, person);
        await uninvited.SeeHeadingAsync("No account is made");
        await uninvited.SeeAsync("by invitation only");

        var tove = new PortalVisitor(await (await portal.VisitAsync()).NewPageAsync());
        await tove.GoAsync(new Uri(invitation.GetProperty("acceptUrl").GetString()!).AbsolutePath);
        await new PageSight(tove.Page).LookAsync("invitation-providers");
        await tove.GoThroughAsync($"Sign in with {Institute}", person);
        await tove.SeeAsync("Mail goes to tove@uninvited.example");
        await tove.MakeAccountAsync("tove");
        await tove.PressAsync("Accept the invitation");
        await tove.SeeHeadingAsync("ice-cores");
    }

    private async Task<PortalVisitor> ComeAsync(string provider, ProviderPerson person)
    {
        var visitor = new PortalVisitor(await (await portal.VisitAsync()).NewPageAsync());
        await visitor.ComeThroughAsync(provider, person);
        return visitor;
    }

    [GeneratedRegex("/sign-in/first\\?proof=[^\\s\"<]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProofLink();

    [GeneratedRegex("belongs to your account already", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HasAccount();
}
