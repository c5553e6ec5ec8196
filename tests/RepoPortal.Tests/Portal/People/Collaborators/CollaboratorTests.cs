using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.People.Collaborators;
using RepoPortal.Portal.Repositories.Invitations;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.People.Collaborators;

public sealed class CollaboratorTests(Portals portals)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory, OnEachDatabase]
    public async Task Begins_with_a_sponsor_an_affiliation_and_a_year(Database database)
    {
        var (portal, owner, repository, guest) = await BeginAsync(database);

        var user = await UserAsync(portal, guest);

        Assert.Equal((owner.Actor.UserId, "Polar Institute"), (user.SponsorId, user.Affiliation));
        Assert.InRange(user.EndsAt!.Value - Now, TimeSpan.FromDays(364.9), TimeSpan.FromDays(365));
        var mine = Assert.Single((await owner.Api.GetAsync("/api/v1/collaborators").JsonAsync()).EnumerateArray());
        Assert.Equal((guest.Value, owner.Name.Value, "Polar Institute", true), (mine.Text("user"), mine.Text("sponsor"), mine.Text("affiliation"), mine.GetProperty("active").GetBoolean()));
        var reached = Assert.Single(mine.GetProperty("repositories").EnumerateArray());
        Assert.Equal((repository.Name.Value, "write"), (reached.Text("name"), reached.Text("access")));
    }

    [Theory, OnEachDatabase]
    public async Task Shows_owners_theirs_and_administrators_all(Database database)
    {
        var (portal, owner, _, guest) = await BeginAsync(database);
        var (_, other, _, _) = await BeginAsync(database);
        var administrator = await portal.PersonAsync(administrator: true);

        Assert.DoesNotContain(guest.Value, await UsersAsync(other.Api, "/api/v1/collaborators"));
        Assert.Contains(guest.Value, await UsersAsync(administrator.Api, "/api/v1/collaborators?all=true"));
        Assert.Empty(await UsersAsync(administrator.Api, "/api/v1/collaborators"));
        await owner.Api.GetAsync("/api/v1/collaborators?all=true").ProblemAsync(HttpStatusCode.Forbidden);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collaborators") { Headers = { { "Accept", "text/csv" } } };
        using var csv = await owner.Api.SendAsync(request);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        var lines = (await csv.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{guest},", lines[1], StringComparison.Ordinal);
        await other.Api.PostAsJsonAsync($"/api/v1/collaborators/{guest}/end", new { }).ProblemAsync(HttpStatusCode.NotFound);
        await other.Api.PostAsJsonAsync($"/api/v1/collaborators/{guest}/renew", new { }).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Stops_everything_at_the_end_and_one_renewal_brings_the_same_grants_back(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, guest) = (await portal.PersonAsync("owner"), await portal.PersonAsync("guest", UserKind.External));
        var repository = await portal.RepositoryAsync(owner);
        await owner.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/members/{guest.Name}", new { access = "write" }).JsonAsync();
        await guest.Api.GetAsync($"/api/v1/repositories/{repository.Name}").JsonAsync();
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.PostAsJsonAsync($"/api/v1/collaborators/{guest.Name}/end", new { })).StatusCode);
        Assert.Contains(new AccessChange(Repository: null, guest.Name), gateway.Heard);
        await guest.Api.GetAsync("/api/v1/repositories").ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.False(Assert.Single((await owner.Api.GetAsync("/api/v1/collaborators").JsonAsync()).EnumerateArray()).GetProperty("active").GetBoolean());
        await owner.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/members/{guest.Name}", new { access = "read" }).ProblemAsync(HttpStatusCode.Conflict);

        var renewed = await owner.Api.PostAsJsonAsync($"/api/v1/collaborators/{guest.Name}/renew", new { endsAt = Now.AddDays(10) }).JsonAsync();
        Assert.InRange(renewed.GetProperty("endsAt").GetDateTimeOffset() - Now, TimeSpan.FromDays(9.9), TimeSpan.FromDays(10));
        Assert.Equal("write", (await guest.Api.GetAsync($"/api/v1/repositories/{repository.Name}").JsonAsync()).Text("access"));
        Assert.Equal(
            ["user.added", "collaborator.ended", "collaborator.renewed"],
            await portal.RecordAsync(record => record.Audit.Where(entry => entry.Subject == guest.Name.Value && entry.RepositoryId == null && entry.Action != "token.created")
                .OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Refuses_terms_beyond_what_administrators_set_and_in_the_past(Database database)
    {
        var (_, owner, _, guest) = await BeginAsync(database);
        foreach (var wrong in new[] { "2001-01-01", "2999-01-01", "whenever" })
            await owner.Api.PostAsJsonAsync($"/api/v1/collaborators/{guest}/renew", new { endsAt = wrong }).ProblemAsync(HttpStatusCode.BadRequest);
        await owner.Api.PostAsJsonAsync($"/api/v1/collaborators/{guest}/renew", new { endsAt = Now.AddDays(730).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }).JsonAsync();
    }

    [Theory, OnEachDatabase]
    public async Task Tells_the_gateways_and_the_audit_when_a_term_runs_out_by_itself(Database database)
    {
        var (portal, owner, _, guest) = await BeginAsync(database);
        await using var gateway = await ListeningGateway.SubscribeAsync(portal);

        await owner.Api.PostAsJsonAsync($"/api/v1/collaborators/{guest}/renew", new { endsAt = Now.AddSeconds(1) }).JsonAsync();

        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Audit.AnyAsync(entry => entry.Subject == guest.Value && entry.Action == "collaborator.ended")));
        await Eventually.TrueAsync(() => gateway.Heard.Count(change => change.User == guest) >= 2);
        Assert.Equal("system", await portal.RecordAsync(record => record.Audit.Where(entry => entry.Subject == guest.Value && entry.Action == "collaborator.ended").Select(entry => entry.ActorName).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Reminds_both_at_thirty_seven_and_one_days_once_each(Database database)
    {
        var (portal, owner, _, guest) = await BeginAsync(database);
        var address = (await UserAsync(portal, guest)).Email!;
        var reminders = Reminders(portal);
        await SetEndAsync(portal, guest, Now.AddDays(40));
        await reminders.RemindAsync(default);
        var (invited, none) = await MailAsync(portal, address, owner.Email); // the invitation itself
        Assert.Equal((1, 0), (invited, none));

        var count = 0;
        foreach (var days in new[] { 29.9, 6.9, 0.9 })
        {
            await SetEndAsync(portal, guest, Now.AddDays(days));
            await Task.WhenAll(reminders.RemindAsync(default), reminders.RemindAsync(default));
            await reminders.RemindAsync(default);
            count++;
            Assert.Equal((invited + count, count), await MailAsync(portal, address, owner.Email));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Reminders_say_which_account_until_when_for_what_and_whom_to_ask(Database database)
    {
        var (portal, owner, repository, guest) = await BeginAsync(database);
        var person = await UserAsync(portal, guest);
        await SetEndAsync(portal, guest, Now.AddDays(6.9));

        await Reminders(portal).RemindAsync(default);

        var toGuest = await ReminderAsync(portal, person.Email!);
        Assert.All([$"\"{guest}\"", "http", repository.Name.Value, owner.Email, "Nothing is deleted"], part => Assert.Contains(part, toGuest.TextBody, StringComparison.Ordinal));
        var toSponsor = await ReminderAsync(portal, owner.Email);
        Assert.All([guest.Value, "Polar Institute", "You invited them", repository.Name.Value], part => Assert.Contains(part, toSponsor.TextBody, StringComparison.Ordinal));
        Assert.EndsWith($"/collaborators?user={guest}", toSponsor.TextBody!.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains($"/collaborators?user={guest}\">", toSponsor.HtmlBody, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Asks_the_owners_once_when_the_sponsor_leaves_and_lets_one_take_over(Database database)
    {
        var (portal, sponsor, repository, guest) = await BeginAsync(database);
        var (second, administrator) = (await portal.PersonAsync("second"), await portal.PersonAsync(administrator: true));
        await sponsor.Api.PutAsJsonAsync($"/api/v1/repositories/{repository.Name}/members/{second.Name}", new { access = "owner" }).JsonAsync();
        Assert.Equal(RefusalKind.Conflict, (await TakeOverAsync(portal, guest, second)).Refusal?.Kind);
        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.SuspendAsync(sponsor.Name.Value, administrator.Actor, default));

        await Reminders(portal).AskOwnersAsync(default);
        await Reminders(portal).AskOwnersAsync(default);

        Assert.Equal((1, 0), await MailAsync(portal, second.Email, sponsor.Email));
        Assert.Equal(JsonValueKind.Null, Assert.Single((await second.Api.GetAsync("/api/v1/collaborators").JsonAsync()).EnumerateArray()).GetProperty("sponsor").ValueKind);
        Assert.Null((await TakeOverAsync(portal, guest, second)).Refusal);
        Assert.Equal(second.Actor.UserId, (await UserAsync(portal, guest)).SponsorId);
    }

    [Theory, OnEachDatabase]
    public async Task Creates_repositories_only_when_allowed(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (guest, administrator, owner) = (await portal.PersonAsync("guest", UserKind.External), await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        var body = new { name = PortalHost.NewName("theirs") };

        await guest.Api.PostAsJsonAsync("/api/v1/repositories", body).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal(RefusalKind.Forbidden, (await AllowAsync(portal, guest, true, owner)).Refusal?.Kind);
        Assert.Null((await AllowAsync(portal, guest, true, administrator)).Refusal);
        await guest.Api.PostAsJsonAsync("/api/v1/repositories", body).JsonAsync(HttpStatusCode.Created);
        Assert.Null((await AllowAsync(portal, guest, false, administrator)).Refusal);
        await guest.Api.PostAsJsonAsync("/api/v1/repositories", new { name = PortalHost.NewName("theirs") }).ProblemAsync(HttpStatusCode.Forbidden);
    }

    private async Task<(PortalHost Portal, TestPerson Owner, RepositoryView Repository, UserName Guest)> BeginAsync(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync("owner");
        var repository = await portal.RepositoryAsync(owner);
        var name = PortalHost.NewName("guest");
        var sent = await portal.DoAsync<InviteCollaborator, Outcome<SentInvitation>>(invite =>
            invite.ExecuteAsync(repository.Name.Value, new NewInvitation($"{name}@polar.example", AccessLevel.Write), owner.Actor, default));
        var accepted = await portal.DoAsync<AcceptInvitation, Outcome<AcceptedInvitation>>(accept =>
            accept.ExecuteAsync(sent.Value.Code, new InviteeAccount(name, null, TestPerson.Password, " Polar Institute "), default));
        return (portal, owner, repository, accepted.Value.User);
    }

    private static CollaboratorReminders Reminders(PortalHost portal) => portal.Services.GetServices<IHostedService>().OfType<CollaboratorReminders>().Single();

    private static Task<User> UserAsync(PortalHost portal, UserName name) =>
        portal.RecordAsync(record => record.Users.SingleAsync(user => user.UserName == name.Value));

    private static Task<int> SetEndAsync(PortalHost portal, UserName name, DateTimeOffset end) =>
        portal.RecordAsync(record => record.Users.Where(user => user.UserName == name.Value).ExecuteUpdateAsync(row => row.SetProperty(user => user.EndsAt, end)));

    private static Task<(int First, int Second)> MailAsync(PortalHost portal, string first, string second) => portal.RecordAsync(async record =>
        (await record.Outbox.CountAsync(mail => mail.Recipient == first), await record.Outbox.CountAsync(mail => mail.Recipient == second)));

    private static async Task<MimeMessage> ReminderAsync(PortalHost portal, string recipient)
    {
        MimeMessage? found = null;
        await Eventually.TrueAsync(async () =>
        {
            var sent = Directory.Exists(portal.Data.Mail) ? Directory.GetFiles(portal.Data.Mail, "*.eml") : [];
            var messages = await Task.WhenAll(sent.Select(file => MimeMessage.LoadAsync(file)));
            found = messages.SingleOrDefault(mail => mail.Subject?.Contains("ends on", StringComparison.Ordinal) is true && mail.To.Mailboxes.Any(to => to.Address == recipient));
            return found is not null;
        });
        return found!;
    }

    private static async Task<IReadOnlyList<string>> UsersAsync(HttpClient api, string path) =>
        [.. (await api.GetAsync(path).JsonAsync()).EnumerateArray().Select(row => row.Text("user"))];

    private static Task<Outcome<Done>> TakeOverAsync(PortalHost portal, UserName guest, TestPerson by) =>
        portal.DoAsync<TakeOver, Outcome<Done>>(take => take.ExecuteAsync(guest.Value, by.Actor, default));

    private static Task<Outcome<PersonView>> AllowAsync(PortalHost portal, TestPerson guest, bool allowed, TestPerson by) =>
        portal.DoAsync<AllowCreation, Outcome<PersonView>>(allow => allow.ExecuteAsync(guest.Name.Value, allowed, by.Actor, default));
}
