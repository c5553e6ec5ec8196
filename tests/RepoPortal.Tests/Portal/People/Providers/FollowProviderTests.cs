using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.Repositories.Life.Orphans;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People.Providers;

/// <summary>What a provider says about somebody whose account is joined to it is taken over, and no more than that.</summary>
public sealed class FollowProviderTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Name_and_address_follow_until_somebody_has_changed_them_here(Database database)
    {
        await using var portal = await portals.StartAsync(database, InstituteSettings.All);
        var person = await JoinedAsync(portal);
        var other = await portal.PersonAsync();

        await FollowAsync(portal, Said(person) with { Name = "New Name", Email = "new@ice.example" });
        Assert.Equal(("New Name", "new@ice.example"), await ShownAsync(portal, person));
        // Not verified, or somebody else's: stays.
        await FollowAsync(portal, Said(person) with { Name = "New Name", Email = "unverified@ice.example", IsEmailVerified = false });
        await FollowAsync(portal, Said(person) with { Name = "New Name", Email = other.Email });
        Assert.Equal(("New Name", "new@ice.example"), await ShownAsync(portal, person));

        await portal.RecordAsync(record => record.Users.Where(user => user.Id == person.Actor.UserId)
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.DisplayName, "Chosen Here").SetProperty(user => user.Email, "chosen@here.example").SetProperty(user => user.NormalizedEmail, "CHOSEN@HERE.EXAMPLE")));
        await FollowAsync(portal, Said(person) with { Name = "Newer Name", Email = "newer@ice.example" });
        Assert.Equal(("Chosen Here", "chosen@here.example"), await ShownAsync(portal, person));
    }

    [Theory, OnEachDatabase]
    public async Task Groups_follow_and_with_them_what_they_were_granted(Database database)
    {
        await using var portal = await portals.StartAsync(database, InstituteSettings.All);
        var (person, colleague, owner) = (await JoinedAsync(portal), await JoinedAsync(portal, "second"), await portal.PersonAsync("owner"));
        var repository = await portal.RepositoryAsync(owner);
        await FollowAsync(portal, Said(person) with { Groups = ["urn:ice:drillers", "/staff", "urn:nobody:named:this"] });
        await FollowAsync(portal, Said(colleague) with { Groups = ["urn:ice:drillers"] });
        Assert.Equal(["drillers", "institute-staff"], await GroupsAsync(portal, person));
        await owner.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/groups/drillers", new { access = "read" }).JsonAsync();
        var before = await VersionAsync(portal, repository.Id);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await person.Api.GetAsync($"/api/v1/repositories/{repository.Name}")).StatusCode);

        await FollowAsync(portal, Said(person) with { Groups = ["/staff"] });
        Assert.Equal(["institute-staff"], await GroupsAsync(portal, person));
        Assert.Equal(["drillers"], await GroupsAsync(portal, colleague));
        Assert.Equal(before + 1, await VersionAsync(portal, repository.Id));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await person.Api.GetAsync($"/api/v1/repositories/{repository.Name}")).StatusCode);
        // Nothing was said: nothing follows.
        await FollowAsync(portal, Said(person) with { Groups = null });
        Assert.Equal(["institute-staff"], await GroupsAsync(portal, person));
    }

    [Theory, OnEachDatabase]
    public async Task What_somebody_alone_owned_who_is_disabled_is_without_an_owner_at_once_and_has_one_again_with_them(Database database)
    {
        await using var portal = await portals.StartAsync(database, InstituteSettings.All);
        var (person, colleague, administrator) = (await JoinedAsync(portal), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var (alone, together) = (await portal.RepositoryAsync(person), await portal.RepositoryAsync(person));
        await person.Api.PutAsJsonAsync($"/api/v1/repositories/{together.Name}/members/{colleague.Name}", new { access = "owner" }).JsonAsync();
        Assert.Empty(await OrphansAsync());
        var identity = await portal.RecordAsync(record => record.ExternalIdentities.SingleAsync());

        await portal.Services.GetRequiredService<DisablePerson>().ExecuteAsync(identity.Provider, identity.Subject, "invalid_grant", TestContext.Current.CancellationToken);

        Assert.Equal(UserStatus.Disabled, await StatusAsync(portal, person));
        Assert.Equal([alone.Name.Value], await OrphansAsync());
        await portal.Services.GetServices<IHostedService>().OfType<OrphanWatch>().Single().LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal([alone.Name.Value], await portal.RecordAsync(record => record.Audit.Where(entry => entry.Action == "repository.orphaned").Select(entry => entry.Subject).ToListAsync()));
        await FollowAsync(portal, Said(person));
        Assert.Empty(await OrphansAsync());

        async Task<string[]> OrphansAsync() =>
            [.. (await administrator.Api.GetAsync("/api/v1/orphans").JsonAsync()).GetProperty("repositories").EnumerateArray().Select(orphan => orphan.GetProperty("name").GetString()!)];
    }

    [Theory, OnEachDatabase]
    public async Task A_provider_that_is_away_disables_nobody_and_silence_for_too_long_those_who_have_no_other_way_in(Database database)
    {
        await using var portal = await portals.StartAsync(database, InstituteSettings.All);
        var (onlyThere, withPassword) = (await JoinedAsync(portal), await JoinedAsync(portal, "second"));
        await portal.RecordAsync(record => record.Users.Where(user => user.Id == onlyThere.Actor.UserId).ExecuteUpdateAsync(row => row.SetProperty(user => user.PasswordHash, (string?)null)));
        var token = portal.Services.GetRequiredService<RefreshTokens>().Protect("a refresh token");
        var old = TimeProvider.System.GetUtcNow().AddDays(-31);
        await portal.RecordAsync(record => record.ExternalIdentities.ExecuteUpdateAsync(row =>
            row.SetProperty(identity => identity.CheckedAt, old).SetProperty(identity => identity.ProtectedRefreshToken, token)));
        var checks = portal.Services.GetServices<IHostedService>().OfType<ProviderChecks>().Single();

        await checks.CheckAsync(TestContext.Current.CancellationToken);
        Assert.Equal(UserStatus.Active, await StatusAsync(portal, onlyThere));
        await onlyThere.Api.GetAsync("/api/v1/repositories").JsonAsync();
        await portal.RecordAsync(record => record.ExternalIdentities.ExecuteUpdateAsync(row => row.SetProperty(identity => identity.ConfirmedAt, old)));
        await checks.LapseAsync(TestContext.Current.CancellationToken);
        Assert.Equal((UserStatus.Disabled, UserStatus.Active), (await StatusAsync(portal, onlyThere), await StatusAsync(portal, withPassword)));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await onlyThere.Api.GetAsync("/api/v1/repositories")).StatusCode);

        await FollowAsync(portal, Said(onlyThere));
        Assert.Equal(UserStatus.Active, await StatusAsync(portal, onlyThere));
        await onlyThere.Api.GetAsync("/api/v1/repositories").JsonAsync();
    }

    private static ProvidedIdentity Said(TestPerson person) => new(
        InstituteSettings.Key, person.Name.Value, "http://localhost:9/", Tenant: null, IsGuest: false, person.Email, IsEmailVerified: true, "person Someone", person.Name.Value, Groups: []);

    private static async Task<TestPerson> JoinedAsync(PortalHost portal, string stem = "person")
    {
        var person = await portal.PersonAsync(stem);
        await portal.DoAsync<JoinIdentity, object>(async join => (await join.ExecuteAsync(new ReturnedPerson(Said(person), RefreshToken: null), person.Actor, default)).Value);
        return person;
    }

    private static Task<User?> FollowAsync(PortalHost portal, ProvidedIdentity said) =>
        portal.DoAsync<FollowProvider, User?>(follow => follow.ExecuteAsync(said, refreshToken: null, isSignIn: true, default));

    private static Task<(string DisplayName, string? Email)> ShownAsync(PortalHost portal, TestPerson person) => portal.RecordAsync(async record =>
    {
        var user = await record.Users.SingleAsync(row => row.Id == person.Actor.UserId);
        return (user.DisplayName, user.Email);
    });

    private static Task<List<string>> GroupsAsync(PortalHost portal, TestPerson person) => portal.RecordAsync(async record =>
        (await record.GroupMembers.Where(member => member.UserId == person.Actor.UserId).Select(member => member.Group.Name).ToListAsync())
            .Select(name => name.Value).Order(StringComparer.Ordinal).ToList());

    private static Task<long> VersionAsync(PortalHost portal, RepoPortal.Contracts.Repositories.RepositoryId id) =>
        portal.RecordAsync(record => record.Repositories.Where(row => row.Id == id).Select(row => row.AccessVersion).SingleAsync());

    private static Task<UserStatus> StatusAsync(PortalHost portal, TestPerson person) =>
        portal.RecordAsync(record => record.Users.Where(user => user.Id == person.Actor.UserId).Select(user => user.Status).SingleAsync());
}
