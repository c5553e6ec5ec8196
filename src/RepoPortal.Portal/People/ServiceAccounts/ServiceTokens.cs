namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>The tokens of one service account.</summary>
internal static class ServiceTokens
{
    /// <summary>Ends all of them with the next save.</summary>
    internal static async Task RevokeAsync(RecordContext record, User account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var token in await record.Tokens.Where(token => token.UserId == account.Id && token.RevokedAt == null).ToListAsync(cancellationToken))
            token.RevokedAt = now;
    }
}
