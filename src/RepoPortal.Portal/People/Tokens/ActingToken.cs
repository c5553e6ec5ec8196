using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;

namespace RepoPortal.Portal.People.Tokens;

/// <summary>The token that a request came with, and what it keeps its person from doing.</summary>
/// <param name="Id">The token's row.</param>
/// <param name="ReadOnly">Whether it may only read.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Repositories">The only repositories it is good for; null for all of its person's.</param>
public sealed record ActingToken(Guid Id, bool ReadOnly, DateTimeOffset ExpiresAt, ImmutableHashSet<RepositoryId>? Repositories)
{
    private const string IdClaim = "token";
    private const string ReadOnlyClaim = "token_read_only";
    private const string EndClaim = "token_end";
    private const string ScopedClaim = "token_scoped";
    private const string RepositoryClaim = "token_repository";

    internal static ActingToken Of(UserToken token) => new(
        token.Id, token.ReadOnly, token.ExpiresAt, token.IsScoped ? token.Scopes.Select(scope => scope.RepositoryId).ToImmutableHashSet() : null);

    /// <summary>Reads what <see cref="Write"/> wrote; null for a session, which is no token.</summary>
    internal static ActingToken? Read(ClaimsPrincipal principal) =>
        principal.FindFirstValue(IdClaim) is not { } id
            ? null
            : new ActingToken(
                Guid.Parse(id),
                principal.HasClaim(claim => claim.Type == ReadOnlyClaim),
                DateTimeOffset.Parse(principal.FindFirstValue(EndClaim)!, CultureInfo.InvariantCulture),
                principal.HasClaim(claim => claim.Type == ScopedClaim)
                    ? principal.FindAll(RepositoryClaim).Select(claim => new RepositoryId(Guid.Parse(claim.Value))).ToImmutableHashSet()
                    : null);

    /// <summary>Puts it into the claims of a request.</summary>
    internal void Write(ClaimsIdentity identity)
    {
        identity.AddClaim(new Claim(IdClaim, Id.ToString()));
        identity.AddClaim(new Claim(EndClaim, ExpiresAt.ToString("O", CultureInfo.InvariantCulture)));
        if (ReadOnly)
            identity.AddClaim(new Claim(ReadOnlyClaim, "true"));
        if (Repositories is null)
            return;
        identity.AddClaim(new Claim(ScopedClaim, "true"));
        identity.AddClaims(Repositories.Select(repository => new Claim(RepositoryClaim, repository.ToString())));
    }
}
