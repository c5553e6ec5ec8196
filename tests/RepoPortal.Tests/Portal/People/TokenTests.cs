using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People;

public sealed class TokenTests(Portals portals)
{
    private const string Path = "/api/v1/repositories";

    [Theory, OnEachDatabase]
    public async Task Opens_the_api_until_it_is_revoked(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        var created = await CreateAsync(portal, person, new NewToken("laptop", ReadOnly: false, Days: 30));
        using var api = portal.Client(created.Secret);
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);

        await api.GetAsync(Path).JsonAsync();
        await portal.DoAsync<RevokeToken, Outcome<Done>>(revoke => revoke.ExecuteAsync(created.Token.Id, person.Actor, default));

        await api.GetAsync(Path).ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Contains(new AccessChange(Repository: null, person.Name), gateway.Heard);
        var again = await portal.DoAsync<RevokeToken, Outcome<Done>>(revoke => revoke.ExecuteAsync(created.Token.Id, person.Actor, default));
        Assert.Equal(RefusalKind.NotFound, again.Refusal!.Kind);
    }

    [Theory, OnEachDatabase]
    public async Task Ends_with_its_last_day(Database database)
    {
        var portal = await portals.OnAsync(database);
        var created = await CreateAsync(portal, await portal.PersonAsync(), new NewToken("short", ReadOnly: false, Days: 1));
        await portal.RecordAsync(record => record.Tokens.Where(token => token.Id == created.Token.Id)
            .ExecuteUpdateAsync(token => token.SetProperty(row => row.ExpiresAt, TimeProvider.System.GetUtcNow())));

        using var api = portal.Client(created.Secret);
        await api.GetAsync(Path).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task Is_dead_while_its_person_is_suspended(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (person, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(administrator: true));

        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.SuspendAsync(person.Name.Value, administrator.Actor, default));
        await person.Api.GetAsync(Path).ProblemAsync(HttpStatusCode.Unauthorized);
        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.ResumeAsync(person.Name.Value, administrator.Actor, default));
        await person.Api.GetAsync(Path).JsonAsync();
    }

    [Theory, OnEachDatabase]
    public async Task Only_reads_when_it_is_read_only(Database database)
    {
        var portal = await portals.OnAsync(database);
        var created = await CreateAsync(portal, await portal.PersonAsync(), new NewToken("reader", ReadOnly: true, Days: null));
        using var api = portal.Client(created.Secret);

        await api.GetAsync(Path).JsonAsync();
        Assert.Equal("This token may only read.", await api.PostAsJsonAsync(Path, new { name = "anything" }).ProblemAsync(HttpStatusCode.Forbidden));
    }

    [Theory, OnEachDatabase]
    public async Task Is_kept_as_a_digest_only(Database database)
    {
        var portal = await portals.OnAsync(database);
        var person = await portal.PersonAsync();
        var created = await CreateAsync(portal, person, new NewToken("<b>laptop</b>", ReadOnly: false, Days: 3650));

        Assert.True(AccessToken.TryParse(created.Secret, out var parsed));
        var digest = parsed.Digest;
        var row = await portal.RecordAsync(record => record.Tokens.SingleAsync(token => token.Digest == digest));
        Assert.Equal("<b>laptop</b>", row.Label);
        var details = await portal.RecordAsync(record => record.Audit.Where(entry => entry.ActorId == person.Actor.UserId).Select(entry => entry.Detail).ToListAsync());
        Assert.DoesNotContain(details, detail => detail.Contains(created.Secret[AccessToken.Prefix.Length..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3651)]
    public async Task Lives_one_to_3650_days(int days)
    {
        var portal = await portals.OnAsync(Database.Sqlite);
        var person = await portal.PersonAsync();

        var outcome = await portal.DoAsync<CreateToken, Outcome<CreatedToken>>(create => create.ExecuteAsync(new NewToken("x", ReadOnly: false, days), person.Actor, default));

        Assert.Equal("days", outcome.Refusal!.Field);
    }

    private static async Task<CreatedToken> CreateAsync(PortalHost portal, TestPerson person, NewToken token) =>
        (await portal.DoAsync<CreateToken, Outcome<CreatedToken>>(create => create.ExecuteAsync(token, person.Actor, default))).Value;
}
