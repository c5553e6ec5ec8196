using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.Rules;

namespace RepoPortal.Portal.Repositories;

/// <summary>What somebody may do with a repository on the web. Administrators see and manage everything, but get no content by it other than an export, which the audit shows.</summary>
/// <param name="Access">The most they may do anywhere in its content, the same as the gateway grants.</param>
/// <param name="IsAdministrator">Whether they administer the installation.</param>
internal readonly record struct Standing(AccessLevel Access, bool IsAdministrator)
{
    internal bool MaySee => Access >= AccessLevel.Read || IsAdministrator;

    internal bool MayManage => Access == AccessLevel.Owner || IsAdministrator;

    /// <summary>Whether they may know what tells of every path, such as the size: administrators, and whoever is kept out of no path.</summary>
    internal static bool SeesEverything(Repository repository, Actor actor) =>
        actor.IsAdministrator || AccessModel.Of(repository, DateTimeOffset.MinValue).SeesEverything(actor.Name);

    /// <summary>The repository must have been read with <see cref="RepositoryQueries.WithAccess"/>.</summary>
    // A grant that is over is taken out of the record within a second; until then it counts here, and not at the gateway.
    internal static Standing Of(Repository repository, Actor actor) =>
        actor.MayReach(repository.Id) ? new(AccessModel.Of(repository, DateTimeOffset.MinValue).Most(actor.Name), actor.IsAdministrator) : default;
}
