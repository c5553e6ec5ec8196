using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>A repository always has somebody who can act as its owner, and nobody shuts themselves out by mistake.</summary>
internal static class OwnerRules
{
    /// <summary>A refusal when <paramref name="owner"/> must stay one.</summary>
    internal static Refusal? RefuseLosing(Repository repository, Membership owner, Actor actor)
    {
        var others = repository.Members.Any(member =>
            member.UserId != owner.UserId && member is { Access: AccessLevel.Owner, User.Status: UserStatus.Active });
        if (!others)
            return Refusal.Conflict($"'{owner.User.Name}' is the last owner; make somebody else an owner first.");
        return owner.UserId == actor.UserId && !actor.IsAdministrator
            ? Refusal.Conflict("You would lock yourself out; another owner can change your access.")
            : null;
    }
}
