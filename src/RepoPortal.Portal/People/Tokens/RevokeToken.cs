using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>Ends one of one's own tokens, or one of one's service accounts', at once.</summary>
internal sealed class RevokeToken(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var token = await record.Tokens.Include(row => row.User)
            .SingleOrDefaultAsync(
                row => row.Id == id && row.RevokedAt == null && (row.UserId == actor.UserId || (row.User.Kind == UserKind.Service && row.User.SponsorId == actor.UserId)),
                cancellationToken);
        if (token is null)
            return Refusal.NotFound("There is no such token, or it is revoked already.");
        token.RevokedAt = time.GetUtcNow();
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.TokenRevoked, token.User.UserName!, detail: new { token.Id, token.Label }));
        await record.SaveChangesAsync(cancellationToken);
        await changes.PublishAsync(token.User.Name);
        return Done.Instance;
    }
}
