using RepoPortal.Contracts.People;

namespace RepoPortal.Contracts.Access;

/// <summary>Whom a token stands for. There is none for a token that is unknown or revoked, or whose person is suspended.</summary>
/// <param name="TokenId">The token's row.</param>
/// <param name="User">The person, active when this was read.</param>
/// <param name="ReadOnly">True when the token may only read, whatever the person may do.</param>
/// <param name="ExpiresAt">When it ends; null for a token without an end. To be compared with the clock on every request.</param>
[GenerateSerializer, Immutable]
public sealed record TokenHolder(
    [property: Id(0)] Guid TokenId,
    [property: Id(1)] UserName User,
    [property: Id(2)] bool ReadOnly,
    [property: Id(3)] DateTimeOffset? ExpiresAt);
