using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.People;

/// <summary>On whose behalf a use case runs.</summary>
/// <param name="UserId">The person's row; null for nobody in particular.</param>
/// <param name="Name">The person's user name; null for nobody in particular.</param>
/// <param name="Kind">Of the house or from elsewhere.</param>
/// <param name="IsAdministrator">True when every repository may be seen and managed.</param>
/// <param name="Token">The token they use, which may keep them from some of it; null for a session and for commands.</param>
public sealed record Actor(Guid? UserId, UserName? Name, UserKind Kind, bool IsAdministrator, ActingToken? Token = null)
{
    /// <summary>A visitor who has not signed in.</summary>
    public static readonly Actor Anonymous = new(null, null, UserKind.External, IsAdministrator: false);

    /// <summary>Whoever can run commands on the server's machine.</summary>
    public static readonly Actor Operator = new(null, null, UserKind.Internal, IsAdministrator: true);

    /// <summary>The system itself, doing what nobody asked for at that moment: driving repositories, ending what was to end.</summary>
    public static readonly Actor System = new(null, null, UserKind.Internal, IsAdministrator: true) { IsSystem = true };

    private bool IsSystem { get; init; }

    /// <summary>The person of that row.</summary>
    public static Actor Of(User user) => new(user.Id, user.Name, user.Kind, user.IsAdministrator);

    /// <summary>False for a repository that the token in use is not good for.</summary>
    internal bool MayReach(RepositoryId repository) => Token?.Repositories is not { } named || named.Contains(repository);

    /// <summary>How the audit names it.</summary>
    internal string Label => Name?.Value ?? (IsSystem ? "system" : IsAdministrator ? "operator" : "anonymous");
}
