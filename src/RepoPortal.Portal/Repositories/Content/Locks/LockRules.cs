using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.Content;

namespace RepoPortal.Portal.Repositories.Content.Locks;

/// <summary>Who may break a lock, as far as a page knows without the path rules; the page that asks once more decides by those, too.</summary>
internal static class LockRules
{
    internal static bool MayBreak(AccessLevel access, LockView held, Actor actor) =>
        access == AccessLevel.Owner || (access >= AccessLevel.Write && actor.Name is { } name && name.Value == held.Owner);
}
