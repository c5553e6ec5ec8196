using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.Invitations;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Repositories;

public sealed class InvitationTests(Portals portals)
{
    private const string Password = "a long enough password";

    [Theory, OnEachDatabase]
    public async Task Lets_an_outsider_in_with_a_new_account(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var email = $"{PortalHost.NewName("someone")}@elsewhere.example";
        var sent = await owner.Api.PostAsJsonAsync($"/api/v1/repositories/{repository.Name}/invitations", new { email, access = "write" }).JsonAsync(HttpStatusCode.Created);
        var secret = new Uri(sent.Text("acceptUrl")).Segments[^1];
        Assert.Equal($"{portal.Address}invitations/{secret}", sent.Text("acceptUrl"));
        Assert.InRange(sent.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(13.9), TimeSpan.FromDays(14));

        var offer = (await ViewAsync(portal, secret)).Value;
        Assert.Equal((repository.Name, email, AccessLevel.Write, false), (offer.Repository, offer.Email, offer.Access, offer.HasAccount));
        var name = PortalHost.NewName("newcomer");
        var accepted = (await AcceptAsync(portal, secret, name)).Value;

        Assert.Equal(repository.Name, accepted.Repository);
        var member = await portal.RecordAsync(record => record.Members.Include(row => row.User).SingleAsync(row => row.RepositoryId == repository.Id && row.User.UserName == name));
        Assert.Equal((AccessLevel.Write, UserKind.External, email), (member.Access, member.User.Kind, member.User.Email));
        Assert.Equal((2, 1), await portal.RecordAsync(async record =>
        {
            var row = await record.Repositories.SingleAsync(candidate => candidate.Id == repository.Id);
            return (row.MemberCount, row.ExternalMemberCount);
        }));
    }

    [Theory, OnEachDatabase]
    public async Task Lets_somebody_with_an_account_accept_by_signing_in_even_twice(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var invitee = await portal.PersonAsync();
        var secret = await InviteAsync(portal, repository, owner, invitee.Email.ToUpperInvariant());

        Assert.True((await ViewAsync(portal, secret)).Value.HasAccount);
        Assert.Null((await AcceptAsync(portal, secret, invitee.Actor)).Refusal);
        Assert.Null((await AcceptAsync(portal, secret, invitee.Actor)).Refusal);
        Assert.Equal("read", (await invitee.Api.GetAsync($"/api/v1/repositories/{repository.Name}").JsonAsync()).Text("access"));
    }

    [Theory, OnEachDatabase]
    public async Task Is_used_once_however_many_try_at_once(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var secret = await InviteAsync(portal, repository, owner, $"{PortalHost.NewName("shared")}@elsewhere.example");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AcceptAsync(portal, secret, PortalHost.NewName("racer"))));

        Assert.Single(outcomes, outcome => outcome.Refusal is null);
        Assert.Equal(2, await portal.RecordAsync(record => record.Members.CountAsync(row => row.RepositoryId == repository.Id)));
    }

    [Theory, OnEachDatabase]
    public async Task Is_refused_when_it_was_sent_to_somebody_else(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var stranger = await portal.PersonAsync();
        var secret = await InviteAsync(portal, repository, owner, "right@elsewhere.example");

        var refusal = (await AcceptAsync(portal, secret, stranger.Actor)).Refusal!;

        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
        Assert.Contains("sent to right@elsewhere.example", refusal.Sentence, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Is_refused_after_its_end_after_use_and_when_taken_back(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var expired = await InviteAsync(portal, repository, owner, "expired@elsewhere.example");
        await portal.RecordAsync(record => record.Invitations.Where(row => row.Email == "expired@elsewhere.example" && row.RepositoryId == repository.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(invitation => invitation.ExpiresAt, TimeProvider.System.GetUtcNow())));
        var used = await InviteAsync(portal, repository, owner, $"{PortalHost.NewName("used")}@elsewhere.example");
        await AcceptAsync(portal, used, PortalHost.NewName("user"));
        var revoked = await InviteAsync(portal, repository, owner, "revoked@elsewhere.example");
        var open = await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}/invitations").JsonAsync();
        var id = open.EnumerateArray().Single(row => row.Text("email") == "revoked@elsewhere.example").Text("id");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync($"/api/v1/repositories/{repository.Name}/invitations/{id}")).StatusCode);
        await owner.Api.DeleteAsync($"/api/v1/repositories/{repository.Name}/invitations/{id}").ProblemAsync(HttpStatusCode.NotFound);

        foreach (var (secret, word) in new[] { (expired, "expired"), (used, "used already"), (revoked, "taken back") })
        {
            var refusal = (await ViewAsync(portal, secret)).Refusal!;
            Assert.Equal(RefusalKind.Gone, refusal.Kind);
            Assert.Contains(word, refusal.Sentence, StringComparison.Ordinal);
            Assert.Equal(refusal, (await AcceptAsync(portal, secret, PortalHost.NewName("late"))).Refusal);
            Assert.Equal(refusal, (await AcceptAsync(portal, secret, owner.Actor)).Refusal);
        }

        Assert.Equal(RefusalKind.NotFound, (await ViewAsync(portal, "made-up")).Refusal!.Kind);
    }

    [Theory, OnEachDatabase]
    public async Task Replaces_the_one_sent_before_to_the_same_address(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var first = await InviteAsync(portal, repository, owner, "again@elsewhere.example");
        var second = await InviteAsync(portal, repository, owner, "Again@elsewhere.example");

        Assert.Equal(RefusalKind.NotFound, (await ViewAsync(portal, first)).Refusal!.Kind);
        Assert.Null((await ViewAsync(portal, second)).Refusal);
        Assert.Equal(1, (await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}/invitations").JsonAsync()).GetArrayLength());
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_members_bad_addresses_and_ownership(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var path = $"/api/v1/repositories/{repository.Name}/invitations";

        await owner.Api.PostAsJsonAsync(path, new { email = owner.Email, access = "read" }).ProblemAsync(HttpStatusCode.Conflict);
        await owner.Api.PostAsJsonAsync(path, new { email = "a@b\r\nBcc: c@d", access = "read" }).ProblemAsync(HttpStatusCode.BadRequest);
        await owner.Api.PostAsJsonAsync(path, new { email = "no address", access = "read" }).ProblemAsync(HttpStatusCode.BadRequest);
        await owner.Api.PostAsJsonAsync(path, new { email = "x@elsewhere.example", access = "owner" }).ProblemAsync(HttpStatusCode.BadRequest);
        await (await portal.PersonAsync()).Api.PostAsJsonAsync(path, new { email = "x@elsewhere.example", access = "read" }).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_a_new_account_with_a_taken_name_or_a_weak_password_and_can_still_be_accepted(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var secret = await InviteAsync(portal, repository, owner, $"{PortalHost.NewName("careful")}@elsewhere.example");

        Assert.Equal("name", (await AcceptAsync(portal, secret, owner.Name.Value)).Refusal!.Field);
        Assert.Equal("name", (await AcceptAsync(portal, secret, "no:colons*")).Refusal!.Field);
        Assert.Equal("password", (await AcceptAsync(portal, secret, PortalHost.NewName("weak"), "short")).Refusal!.Field);
        Assert.Null((await AcceptAsync(portal, secret, PortalHost.NewName("good"))).Refusal);
    }

    [Theory, OnEachDatabase]
    public async Task Opens_with_its_code_however_it_is_typed_and_tells_of_codes_that_are_over_nothing(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var sent = await owner.Api.PostAsJsonAsync(
            $"/api/v1/repositories/{repository.Name}/invitations", new { email = $"{PortalHost.NewName("typist")}@elsewhere.example", access = "read" }).JsonAsync(HttpStatusCode.Created);
        var code = sent.Text("code");
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$", code);

        Assert.Null((await ViewAsync(portal, code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant().Replace('0', 'o').Replace('1', 'l'))).Refusal);
        Assert.Null((await AcceptAsync(portal, code, PortalHost.NewName("typist"))).Refusal);
        Assert.Equal((await ViewAsync(portal, "00000-00000")).Refusal, (await ViewAsync(portal, code)).Refusal);
    }

    [Theory, OnEachDatabase]
    public async Task Is_sent_again_with_a_new_link_and_code_and_gives_access_until_its_date(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var path = $"/api/v1/repositories/{repository.Name}/invitations";
        var first = await owner.Api.PostAsJsonAsync(path, new { email = $"{PortalHost.NewName("twice")}@elsewhere.example", access = "write", endsAt = "2099-12-31" }).JsonAsync(HttpStatusCode.Created);

        var second = await owner.Api.PostAsJsonAsync($"{path}/{first.Text("id")}/resend", new { }).JsonAsync();

        Assert.NotNull((await ViewAsync(portal, first.Text("code"))).Refusal);
        Assert.NotNull((await ViewAsync(portal, new Uri(first.Text("acceptUrl")).Segments[^1])).Refusal);
        var name = (await AcceptAsync(portal, second.Text("code"), PortalHost.NewName("twice"))).Value.User;
        var member = await portal.RecordAsync(record => record.Members.SingleAsync(row => row.RepositoryId == repository.Id && row.User.UserName == name.Value));
        Assert.Equal((AccessLevel.Write, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)), (member.Access, member.EndsAt));
        await owner.Api.PostAsJsonAsync($"{path}/{first.Text("id")}/resend", new { }).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Goes_to_many_at_once_each_answered_for_itself(Database database)
    {
        var (portal, owner, repository) = await BeginAsync(database);
        var emails = InviteMany.Split($"one@elsewhere.example, two@elsewhere.example;{owner.Email}\n\tnonsense  ONE@elsewhere.example");

        var answers = (await portal.DoAsync<InviteMany, Outcome<IReadOnlyList<InviteAnswer>>>(invite =>
            invite.ExecuteAsync(repository.Name.Value, emails, AccessLevel.Read, owner.Actor, default))).Value;

        Assert.Equal([true, true, false, false], answers.Select(answer => answer.Sent is not null));
        Assert.Contains("is a member already", answers[2].Sentence, StringComparison.Ordinal);
        Assert.Equal(2, (await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}/invitations").JsonAsync()).GetArrayLength());
        var stranger = await portal.PersonAsync();
        var refused = await portal.DoAsync<InviteMany, Outcome<IReadOnlyList<InviteAnswer>>>(invite =>
            invite.ExecuteAsync(repository.Name.Value, emails, AccessLevel.Read, stranger.Actor, default));
        Assert.Equal(RefusalKind.NotFound, refused.Refusal?.Kind);
    }

    [Fact]
    public async Task Makes_whoever_guesses_wait()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        using var visitor = portal.Client();
        for (var guess = 0; guess < 20; guess++)
            Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync($"/invitations/{guess:D10}")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.GetAsync("/invitations/0000000000")).StatusCode);
    }

    private async Task<(PortalHost Portal, TestPerson Owner, RepositoryView Repository)> BeginAsync(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync("owner");
        return (portal, owner, await portal.RepositoryAsync(owner));
    }

    private static async Task<string> InviteAsync(PortalHost portal, RepositoryView repository, TestPerson owner, string email)
    {
        var sent = await portal.DoAsync<InviteCollaborator, Outcome<SentInvitation>>(invite =>
            invite.ExecuteAsync(repository.Name.Value, new NewInvitation(email, AccessLevel.Read), owner.Actor, default));
        return new Uri(sent.Value.AcceptUrl).Segments[^1];
    }

    private static Task<Outcome<InvitationView>> ViewAsync(PortalHost portal, string secret) =>
        portal.DoAsync<ViewInvitation, Outcome<InvitationView>>(view => view.ExecuteAsync(secret, default));

    private static Task<Outcome<AcceptedInvitation>> AcceptAsync(PortalHost portal, string secret, string name, string password = Password) =>
        portal.DoAsync<AcceptInvitation, Outcome<AcceptedInvitation>>(accept => accept.ExecuteAsync(secret, new InviteeAccount(name, "New Comer", password), default));

    private static Task<Outcome<AcceptedInvitation>> AcceptAsync(PortalHost portal, string secret, Actor actor) =>
        portal.DoAsync<AcceptInvitation, Outcome<AcceptedInvitation>>(accept => accept.ExecuteAsync(secret, actor, default));
}
