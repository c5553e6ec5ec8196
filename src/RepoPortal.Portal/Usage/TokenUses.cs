using RepoPortal.Contracts.Usage;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.Usage;

/// <summary>Notes when and from where tokens were used, and by that when their people were last seen.</summary>
internal static class TokenUses
{
    // A longer text is no address.
    private const int MaxAddressLength = 64;

    /// <summary>The first use of a token from an address is audited.</summary>
    /// <returns>How many tokens there were.</returns>
    internal static async Task<int> SaveAsync(
        RecordContext record, IReadOnlyCollection<TokenUse> uses, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = uses.Select(use => use.TokenId).Distinct().ToList();
        var tokens = await record.Tokens.Include(token => token.User).Where(token => ids.Contains(token.Id)).ToDictionaryAsync(token => token.Id, cancellationToken);
        var addresses = await record.TokenAddresses.Where(address => ids.Contains(address.TokenId))
            .ToDictionaryAsync(address => (address.TokenId, address.Address), cancellationToken);
        foreach (var use in uses.Where(use => use.Address.Length <= MaxAddressLength && tokens.ContainsKey(use.TokenId)).OrderBy(use => use.LastAt))
        {
            var token = tokens[use.TokenId];
            if (token.LastUsedAt is null || token.LastUsedAt < use.LastAt)
                (token.LastUsedAt, token.LastUsedFrom) = (use.LastAt, use.Address);
            if (addresses.TryGetValue((token.Id, use.Address), out var address))
            {
                address.LastAt = address.LastAt < use.LastAt ? use.LastAt : address.LastAt;
                continue;
            }

            address = new TokenAddress { TokenId = token.Id, Address = use.Address, FirstAt = use.LastAt, LastAt = use.LastAt };
            addresses.Add((token.Id, use.Address), address);
            record.Add(address);
            record.Add(AuditEntry.Of(
                now, Actor.Of(token.User), AuditAction.TokenUsedFromNewAddress, token.User.UserName!, detail: new { token.Id, token.Label, use.Address }));
        }

        await record.SaveChangesAsync(cancellationToken);
        await SeeAsync(record, tokens.Values, now, cancellationToken);
        return tokens.Count;
    }

    // Past the rows' concurrency stamps: nobody who changes a person should be disturbed because they were seen.
    private static async Task SeeAsync(RecordContext record, IEnumerable<UserToken> tokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = tokens.Select(token => token.UserId).Distinct().ToList();
        var stale = now.AddMinutes(-1);
        await record.Users.Where(user => people.Contains(user.Id) && (user.LastSeenAt == null || user.LastSeenAt < stale))
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.LastSeenAt, now), cancellationToken);
    }
}
