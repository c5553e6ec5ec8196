using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.Repositories.Create;

/// <summary>Who may create repositories: people of the house, and collaborators from elsewhere when a setting or their own permission says so.</summary>
internal sealed class CreationRight(IDbContextFactory<RecordContext> contexts)
{
    internal async Task<bool> HasAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor is not { UserId: { } id, Kind: UserKind.Internal or UserKind.External })
            return false;
        if (actor.Kind == UserKind.Internal)
            return true;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Users.AnyAsync(
            user => user.Id == id && (user.MayCreateRepositories || record.Policies.Any(policy => policy.Id == SitePolicy.OnlyId && policy.ExternalsMayCreate)),
            cancellationToken);
    }
}
