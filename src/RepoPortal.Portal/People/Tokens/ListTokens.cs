namespace RepoPortal.Portal.People.Tokens;

/// <summary>A token as its owner sees it, without its secret.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Label">What its owner calls it.</param>
/// <param name="ReadOnly">Whether it may only read.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Repositories">The names of the only repositories it is good for; null for all that its person may reach.</param>
/// <param name="LastUsedAt">When it was last used, to some seconds; null before the first time.</param>
/// <param name="LastUsedFrom">The address it was last used from.</param>
public sealed record TokenView(
    Guid Id,
    string Label,
    bool ReadOnly,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<RepositoryName>? Repositories,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom)
{
    /// <param name="token">The row.</param>
    /// <param name="repositories">The names of its repositories; null when it is not scoped.</param>
    internal static TokenView Of(UserToken token, IReadOnlyList<RepositoryName>? repositories) => new(
        token.Id, token.Label, token.ReadOnly, token.CreatedAt, token.ExpiresAt, repositories, token.LastUsedAt, token.LastUsedFrom);
}

/// <summary>Lists one's own tokens that are not revoked, the newest first; expired ones are shown until revoked.</summary>
internal sealed class ListTokens(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<IReadOnlyList<TokenView>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await OfAsync(record, row => row.UserId == actor.UserId, cancellationToken);
    }

    /// <summary>The tokens that match and are not revoked.</summary>
    internal static async Task<IReadOnlyList<TokenView>> OfAsync(
        RecordContext record, System.Linq.Expressions.Expression<Func<UserToken, bool>> matches, CancellationToken cancellationToken)
    {
        var tokens = await record.Tokens
            .Where(matches)
            .Where(token => token.RevokedAt == null)
            .OrderByDescending(token => token.CreatedAt)
            .Select(token => new
            {
                Row = token,
                Names = token.Scopes.Join(record.Repositories, scope => scope.RepositoryId, repository => repository.Id, (_, repository) => repository.Name).ToList(),
            })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return [.. tokens.Select(token => TokenView.Of(token.Row, token.Row.IsScoped ? [.. token.Names.OrderBy(name => name.Value, StringComparer.Ordinal)] : null))];
    }
}
