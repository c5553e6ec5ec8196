using System.Web;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Account;
using RepoPortal.Portal.People.Add;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.People.FirstAdministrator;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People;

public sealed class AccountTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Makes_one_first_administrator_however_many_use_the_code_at_once(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var link = await portal.DoAsync<CreateFirstAdministrator, string?>(create => create.IssueLinkAsync(default));
        var code = HttpUtility.ParseQueryString(new Uri(link!).Query)["code"];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => portal.DoAsync<CreateFirstAdministrator, Outcome<PersonView>>(
            create => create.ExecuteAsync(code, new NewAccount($"first{i}", $"first{i}@example.org", null, TestPerson.Password), default))));

        Assert.Single(outcomes, outcome => outcome.Refusal is null);
        Assert.Equal(1, await portal.RecordAsync(record => record.Users.CountAsync(user => user.IsAdministrator)));
        Assert.Null(await portal.DoAsync<CreateFirstAdministrator, string?>(create => create.IssueLinkAsync(default)));
        Assert.False(await portal.DoAsync<CreateFirstAdministrator, bool>(create => create.IsValidAsync(code, default)));
    }

    [Theory, OnEachDatabase]
    public async Task Issues_a_fresh_code_at_every_start_without_an_administrator(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var first = await portal.DoAsync<CreateFirstAdministrator, string?>(create => create.IssueLinkAsync(default));
        var second = await portal.DoAsync<CreateFirstAdministrator, string?>(create => create.IssueLinkAsync(default));

        string? Code(string? link) => HttpUtility.ParseQueryString(new Uri(link!).Query)["code"];
        Assert.False(await portal.DoAsync<CreateFirstAdministrator, bool>(create => create.IsValidAsync(Code(first), default)));
        Assert.True(await portal.DoAsync<CreateFirstAdministrator, bool>(create => create.IsValidAsync(Code(second), default)));
    }

    [Theory, OnEachDatabase]
    public async Task Lets_somebody_choose_a_password_once(Database database)
    {
        var portal = await portals.OnAsync(database);
        var name = PortalHost.NewName("invited");
        var added = (await portal.DoAsync<AddUser, Outcome<AddedUser>>(add => add.ExecuteAsync(
            new NewAccount(name, $"{name}@example.org", null, Password: null), Actor.Operator, default))).Value;
        var query = HttpUtility.ParseQueryString(new Uri(added.SetPasswordUrl!).Query);

        Task<Outcome<PersonView>> SetAsync(string password) => portal.DoAsync<SetPassword, Outcome<PersonView>>(
            set => set.ExecuteAsync(query["user"], query["code"], password, default));
        Assert.Equal("password", (await SetAsync("short")).Refusal!.Field);
        Assert.Null((await SetAsync(TestPerson.Password)).Refusal);
        Assert.Equal(RefusalKind.Gone, (await SetAsync("another long password")).Refusal!.Kind);
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_a_name_or_an_address_that_is_taken(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();

        Assert.Equal("name", (await AddAsync(portal, person.Name.Value, "free@example.org")).Refusal!.Field);
        Assert.Equal("email", (await AddAsync(portal, PortalHost.NewName("free"), person.Email.ToUpperInvariant())).Refusal!.Field);
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("a b")]
    [InlineData("@group")]
    [InlineData("a:b")]
    [InlineData("x=y")]
    [InlineData("[section]")]
    [InlineData("anonymous")]
    [InlineData("$authenticated")]
    [InlineData("line\nbreak")]
    public async Task Refuses_user_names_that_mean_something_in_an_access_file(string name)
    {
        var portal = await portals.OnAsync(Database.Sqlite);

        Assert.Equal("name", (await AddAsync(portal, name, "free@example.org")).Refusal!.Field);
    }

    [Theory, OnEachDatabase]
    public async Task Finds_repositories_by_the_new_name_of_an_owner(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);

        await portal.DoAsync<ChangeProfile, Outcome<PersonView>>(change => change.ExecuteAsync("Ærøskøbing <i>", owner.Actor, default));

        var text = await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).Select(row => row.SearchText).SingleAsync());
        Assert.Contains("ærøskøbing <i>", text, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Is_suspended_by_other_administrators_only(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (person, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));

        Task<Outcome<PersonView>> SuspendAsync(TestPerson whom, TestPerson by) =>
            portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.SuspendAsync(whom.Name.Value, by.Actor, default));
        Assert.Equal(RefusalKind.Forbidden, (await SuspendAsync(administrator, person)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await SuspendAsync(administrator, administrator)).Refusal!.Kind);
        Assert.Equal(UserStatus.Suspended, (await SuspendAsync(person, administrator)).Value.Status);
    }

    private static Task<Outcome<AddedUser>> AddAsync(PortalHost portal, string name, string email) => portal.DoAsync<AddUser, Outcome<AddedUser>>(
        add => add.ExecuteAsync(new NewAccount(name, email, null, TestPerson.Password), Actor.Operator, default));
}
