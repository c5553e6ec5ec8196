namespace RepoPortal.Portal.People.Tokens;

/// <summary>A token as its owner sees it, without its secret.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Label">What its owner calls it.</param>
/// <param name="ReadOnly">Whether it may only read.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record TokenView(Guid Id, string Label, bool ReadOnly, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    internal static TokenView Of(UserToken token) => new(token.Id, token.Label, token.ReadOnly, token.CreatedAt, token.ExpiresAt);
}

/// <summary>Lists one's own tokens that are not revoked, the newest first; expired ones are shown until revoked.</summary>
internal sealed class ListTokens(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<IReadOnlyList<TokenView>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var tokens = await record.Tokens
            .Where(token => token.UserId == actor.UserId && token.RevokedAt == null)
            .OrderByDescending(token => token.CreatedAt)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return [.. tokens.Select(TokenView.Of)];
    }
}
