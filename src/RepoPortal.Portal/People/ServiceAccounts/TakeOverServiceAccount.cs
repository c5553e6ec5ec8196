using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>
/// Makes oneself the owner of somebody else's service account, such as when that person has left. Its tokens are revoked, since the person before knows them.
/// </summary>
internal sealed class TakeOverServiceAccount(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.UserId is null || actor.Kind == UserKind.Service)
            return Refusal.Forbidden("Only a person owns service accounts.");
        var taken = await contexts.UndisturbedAsync(record => TakeAsync(record, name, actor, cancellationToken), cancellationToken);
        if (!taken.Succeeded(out var account, out var refusal))
            return refusal;
        await changes.PublishAsync(account);
        return Done.Instance;
    }

    private async Task<Outcome<UserName>> TakeAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!UserName.TryParse(name, out var parsed, out _)
            || await record.ServiceAccounts().ThatMayBeTakenOver(record, actor, now).WithName(parsed).SingleOrDefaultAsync(cancellationToken) is not { } account)
        {
            return Refusal.NotFound("There is no such service account, or it reaches repositories that you do not own.");
        }

        var before = await record.Users.Where(user => user.Id == account.SponsorId).Select(user => user.UserName).SingleOrDefaultAsync(cancellationToken);
        account.SponsorId = actor.UserId;
        account.ConcurrencyStamp = Accounts.NewSecurityStamp();
        await ServiceTokens.RevokeAsync(record, account, now, cancellationToken);
        record.Add(AuditEntry.Of(now, actor, AuditAction.ServiceAccountTakenOver, account.UserName!, detail: new { before }));
        await record.SaveChangesAsync(cancellationToken);
        return account.Name;
    }
}
