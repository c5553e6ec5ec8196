using System.Collections.Immutable;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.Access;

/// <summary>Whom a token stands for. There is none for a token that is unknown or revoked, or whose person is suspended or whose time has ended.</summary>
/// <param name="TokenId">The token's row.</param>
/// <param name="User">The person, active when this was read.</param>
/// <param name="ReadOnly">True when the token may only read, whatever the person may do.</param>
/// <param name="ExpiresAt">When it ends, or its person's time does, whichever is earlier; null for no end. To be compared with the clock on every request.</param>
/// <param name="Repositories">The only repositories it is good for; null for all that its person may reach.</param>
[GenerateSerializer, Immutable]
public sealed record TokenHolder(
    [property: Id(0)] Guid TokenId,
    [property: Id(1)] UserName User,
    [property: Id(2)] bool ReadOnly,
    [property: Id(3)] DateTimeOffset? ExpiresAt,
    [property: Id(4)] ImmutableHashSet<RepositoryId>? Repositories = null);
