using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories;

/// <summary>What somebody may do with a repository on the web. Administrators see and manage everything, but get no content by it.</summary>
/// <param name="Access">To the content, the same as the gateway grants.</param>
/// <param name="IsAdministrator">Whether they administer the installation.</param>
internal readonly record struct Standing(AccessLevel Access, bool IsAdministrator)
{
    internal bool MaySee => Access >= AccessLevel.Read || IsAdministrator;

    internal bool MayManage => Access == AccessLevel.Owner || IsAdministrator;

    /// <summary>The repository's members must have been read.</summary>
    internal static Standing Of(Repository repository, Actor actor)
    {
        var own = repository.Members.FirstOrDefault(member => member.UserId == actor.UserId)?.Access ?? AccessLevel.None;
        var general = repository.Visibility switch
        {
            Visibility.Public => AccessLevel.Read,
            Visibility.Internal when actor.UserId is not null => AccessLevel.Read,
            _ => AccessLevel.None,
        };
        return new Standing(own > general ? own : general, actor.IsAdministrator);
    }
}
