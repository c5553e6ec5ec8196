using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace RepoPortal.Portal.Feeds;

/// <summary>
/// Keys that stand in the address of a feed, because readers of feeds sign in nowhere. One is good for reading one feed on its person's behalf, and only while
/// that person is let in and has not changed their password: it carries the security stamp, encrypted, and no row keeps it.
/// </summary>
internal sealed class FeedKeys(IDbContextFactory<RecordContext> contexts, RecordCache cache, IDataProtectionProvider protection, TimeProvider time)
{
    private const int IdLength = 16;
    private const int LongestKey = 1024;

    /// <summary>The key for a person's feed.</summary>
    /// <param name="actor">The person; null is the answer for nobody in particular.</param>
    /// <param name="repository">The repository that it is about; null for the one about all of their repositories.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<string?> IssueAsync(Actor actor, RepositoryId? repository, CancellationToken cancellationToken)
    {
        if (actor.UserId is not { } id)
            return null;
        // Many pages name a feed.
        var stamp = await cache.GetAsync(
            new StampOf(id),
            async () =>
            {
                await using var record = await contexts.CreateDbContextAsync(cancellationToken);
                return await record.Users.Where(user => user.Id == id).Select(user => user.SecurityStamp).SingleOrDefaultAsync(cancellationToken);
            },
            cancellationToken);
        return stamp is null ? null : WebEncoders.Base64UrlEncode(Protector(repository).Protect([.. id.ToByteArray(), .. Encoding.UTF8.GetBytes(stamp)]));
    }

    /// <summary>Whom a key stands for; null when it is none for this feed, or none any more.</summary>
    internal async Task<Actor?> FindAsync(string key, RepositoryId? repository, CancellationToken cancellationToken)
    {
        if (Open(key, repository) is not { Length: > IdLength } content)
            return null;
        var (id, stamp) = (new Guid(content.AsSpan(0, IdLength)), Encoding.UTF8.GetString(content.AsSpan(IdLength)));
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await record.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return user?.SecurityStamp == stamp && user.IsActive(time.GetUtcNow()) ? Actor.Of(user) : null;
    }

    private byte[]? Open(string key, RepositoryId? repository)
    {
        try
        {
            return key.Length <= LongestKey ? Protector(repository).Unprotect(WebEncoders.Base64UrlDecode(key)) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector Protector(RepositoryId? repository) => protection.CreateProtector("RepoPortal.Feeds", repository?.ToString() ?? "all");

    private sealed record StampOf(Guid User);
}
