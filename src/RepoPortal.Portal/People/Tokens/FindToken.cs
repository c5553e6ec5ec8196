using System.Linq.Expressions;
using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>Whom a presented token stands for; used by the REST API and, through the access directory, by the gateway.</summary>
internal sealed class FindToken(IDbContextFactory<RecordContext> contexts)
{
    /// <summary>
    /// The token with its person; null when it is unknown or revoked, or the person is suspended. Its end is for the caller to compare, and that of its
    /// person, which for a service account is that of whoever owns it.
    /// </summary>
    internal Task<UserToken?> ExecuteAsync(TokenDigest digest, CancellationToken cancellationToken) => FindAsync(row => row.Digest == digest, cancellationToken);

    /// <summary>The same, of one that was found before.</summary>
    internal Task<UserToken?> ExecuteAsync(ActingToken acting, CancellationToken cancellationToken) => FindAsync(row => row.Id == acting.Id, cancellationToken);

    private async Task<UserToken?> FindAsync(Expression<Func<UserToken, bool>> which, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var token = await record.Tokens.Include(row => row.User).Include(row => row.Scopes).AsNoTracking().Where(which).SingleOrDefaultAsync(
            row => row.RevokedAt == null && row.User.Status == UserStatus.Active, cancellationToken);
        if (token is not { User: { Kind: UserKind.Service } account })
            return token;
        var owner = await record.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == account.SponsorId, cancellationToken);
        if (owner is not { Status: UserStatus.Active })
            return null;
        account.EndsAt = account.EndsAt < owner.EndsAt || owner.EndsAt is null ? account.EndsAt : owner.EndsAt; // of this copy alone, which is not tracked
        return token;
    }
}
