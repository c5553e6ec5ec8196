using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.People.Account;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Repositories.Invitations;
using RepoPortal.Portal.Repositories.Settings;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Audit;

public sealed class AuditTests(Portals portals)
{
    [Theory, OnEachDatabase]
    public async Task Has_an_entry_for_every_change_and_none_for_what_changed_nothing(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, invitee, administrator) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync(administrator: true));
        var repository = await portal.RepositoryAsync(owner);
        var name = repository.Name.Value;

        Task<Outcome<Done>> ChangeAsync() => portal.DoAsync<ChangeSettings, Outcome<Done>>(
            change => change.ExecuteAsync(name, new RepositorySettings("New", Visibility.Public), owner.Actor, default));
        await ChangeAsync();
        await ChangeAsync();
        Task<Outcome<SentInvitation>> InviteAsync(string email) => portal.DoAsync<InviteCollaborator, Outcome<SentInvitation>>(
            invite => invite.ExecuteAsync(name, new NewInvitation(email, AccessLevel.Write), owner.Actor, default));
        var secret = new Uri((await InviteAsync(invitee.Email)).Value.AcceptUrl).Segments[^1];
        await portal.DoAsync<AcceptInvitation, Outcome<AcceptedInvitation>>(accept => accept.ExecuteAsync(secret, invitee.Actor, default));
        var unwanted = (await InviteAsync("unwanted@elsewhere.example")).Value;
        await portal.DoAsync<RevokeInvitation, Outcome<Done>>(revoke => revoke.ExecuteAsync(name, unwanted.Id, owner.Actor, default));
        var token = (await portal.DoAsync<CreateToken, Outcome<CreatedToken>>(create => create.ExecuteAsync(new NewToken("x", ReadOnly: true, 1), invitee.Actor, default))).Value;
        await portal.DoAsync<RevokeToken, Outcome<Done>>(revoke => revoke.ExecuteAsync(token.Token.Id, invitee.Actor, default));
        await portal.DoAsync<ChangeProfile, Outcome<PersonView>>(change => change.ExecuteAsync("Another Name", invitee.Actor, default));
        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.SuspendAsync(invitee.Name.Value, administrator.Actor, default));
        await portal.DoAsync<SuspendUser, Outcome<PersonView>>(suspend => suspend.ResumeAsync(invitee.Name.Value, administrator.Actor, default));

        var ofRepository = await EntriesAsync(portal, entry => entry.RepositoryId == repository.Id);
        Assert.Equal(
            ["repository.created", "repository.changed", "invitation.sent", "invitation.accepted", "invitation.sent", "invitation.revoked"],
            ofRepository.Select(entry => entry.Action));
        Assert.Equal([owner.Name.Value, owner.Name.Value, owner.Name.Value, invitee.Name.Value, owner.Name.Value, owner.Name.Value], ofRepository.Select(entry => entry.ActorName));
        Assert.DoesNotContain(ofRepository, entry => entry.Detail.Contains(secret, StringComparison.Ordinal));
        var ofInvitee = await EntriesAsync(portal, entry => entry.Subject == invitee.Name.Value);
        Assert.Equal(
            ["user.added", "token.created", "token.created", "token.revoked", "user.changed", "user.suspended", "user.resumed"],
            ofInvitee.Select(entry => entry.Action));
    }

    private static Task<List<AuditEntry>> EntriesAsync(PortalHost portal, System.Linq.Expressions.Expression<Func<AuditEntry, bool>> which) =>
        portal.RecordAsync(record => record.Audit.Where(which).OrderBy(entry => entry.Id).AsNoTracking().ToListAsync());
}
