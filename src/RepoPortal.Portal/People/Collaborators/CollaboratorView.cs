using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>A collaborator from elsewhere, as those who answer for them see it.</summary>
/// <param name="Person">Who it is.</param>
/// <param name="Affiliation">Where they come from; empty when nobody said.</param>
/// <param name="EndsAt">When they stop being let in; null for no end.</param>
/// <param name="IsActive">Whether they are let in now.</param>
/// <param name="LastSeenAt">When they last signed in or used a token; null before the first time.</param>
/// <param name="Sponsor">The user name of whoever answers for them; null when nobody does.</param>
/// <param name="SponsorName">The sponsor's name for people.</param>
/// <param name="Reaches">What they were granted, by repository; for owners only in their own repositories.</param>
public sealed record CollaboratorView(
    PersonView Person,
    string Affiliation,
    DateTimeOffset? EndsAt,
    bool IsActive,
    DateTimeOffset? LastSeenAt,
    UserName? Sponsor,
    string? SponsorName,
    IReadOnlyList<CollaboratorAccess> Reaches);

/// <summary>What a collaborator was granted.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Access">The most they were granted.</param>
/// <param name="EndsAt">When that grant ends; null for no end of its own.</param>
public sealed record CollaboratorAccess(RepositoryName Repository, AccessLevel Access, DateTimeOffset? EndsAt);
