using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>Whom a presented token stands for; used by the REST API and, through the access directory, by the gateway.</summary>
internal sealed class FindToken(IDbContextFactory<RecordContext> contexts)
{
    /// <summary>The token with its person; null when it is unknown or revoked, or the person is suspended. Its end is for the caller to compare.</summary>
    internal async Task<UserToken?> ExecuteAsync(TokenDigest digest, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Tokens.Include(token => token.User).Include(token => token.Scopes).AsNoTracking().SingleOrDefaultAsync(
            token => token.Digest == digest && token.RevokedAt == null && token.User.Status == UserStatus.Active, cancellationToken);
    }
}
