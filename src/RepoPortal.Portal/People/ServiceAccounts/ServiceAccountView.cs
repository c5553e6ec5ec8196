using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>A repository that a service account has access to.</summary>
/// <param name="Repository">Its name.</param>
/// <param name="Access">Read, write or owner.</param>
public sealed record ServiceGrant(RepositoryName Repository, AccessLevel Access);

/// <summary>A service account as shown.</summary>
/// <param name="Name">Its user name, which svn clients use with one of its tokens.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Owner">The person who answers for it.</param>
/// <param name="IsWorking">False while that person may not sign in: its tokens are refused until somebody takes it over or they return.</param>
/// <param name="Grants">Its repositories.</param>
/// <param name="Tokens">Its tokens that are not revoked; empty for whoever does not own it.</param>
public sealed record ServiceAccountView(
    UserName Name, string Purpose, UserName Owner, bool IsWorking, IReadOnlyList<ServiceGrant> Grants, IReadOnlyList<TokenView> Tokens);
