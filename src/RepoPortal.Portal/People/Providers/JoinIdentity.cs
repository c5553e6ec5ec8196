using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.Providers;

/// <summary>Joins who somebody is at a provider to their account, after they have confirmed it while signed in to that account.</summary>
internal sealed class JoinIdentity(IDbContextFactory<RecordContext> contexts, RefreshTokens tokens, FollowProvider follow, TimeProvider time)
{
    /// <param name="returned">Who came back from the provider in this browser.</param>
    /// <param name="actor">Whose account it is to be joined to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<Done>> ExecuteAsync(ReturnedPerson returned, Actor actor, CancellationToken cancellationToken)
    {
        var (said, now) = (returned.Identity, time.GetUtcNow());
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        record.Add(Row(said, actor.UserId!.Value, returned.RefreshToken is { } token ? tokens.Protect(token) : null, now));
        record.Add(AuditEntry.Of(now, actor, AuditAction.IdentityJoined, actor.Label, detail: new { provider = said.Provider, said.Name, said.Email }));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Refusal.Conflict("This sign-in is joined to an account already.");
        }

        await follow.ExecuteAsync(said, refreshToken: null, isSignIn: false, cancellationToken);
        return Done.Instance;
    }

    /// <summary>The row of an identity that was confirmed just now.</summary>
    internal static ExternalIdentity Row(ProvidedIdentity said, Guid userId, string? protectedRefreshToken, DateTimeOffset now) => new()
    {
        Provider = said.Provider,
        Subject = said.Subject,
        UserId = userId,
        Email = said.VerifiedEmail?.Value,
        Name = said.Name,
        LinkedAt = now,
        LastSignInAt = now,
        ConfirmedAt = now,
        CheckedAt = now,
        ProtectedRefreshToken = protectedRefreshToken,
    };
}
