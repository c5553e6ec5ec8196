using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.Access;

/// <summary>Makes a committed change effective: called after the save and before the answer, so that whoever is told "done" can rely on it.</summary>
internal sealed class AccessChanges(IAccessPublication publication, IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>A repository's members, groups, rules, visibility, state, names or place changed; it holds under every name.</summary>
    internal Task PublishAsync(RepositoryId repository, AccessLoss? losing = null) => PublishAsync(new AccessChange(repository, User: null, losing));

    /// <summary>A person or their tokens changed; with them their service accounts, which work no longer than they do.</summary>
    internal async Task PublishAsync(UserName user)
    {
        await PublishAsync(new AccessChange(Repository: null, user));
        foreach (var account in await FindServiceAccountsAsync(user))
            await PublishAsync(new AccessChange(Repository: null, account));
    }

    private async Task PublishAsync(AccessChange change)
    {
        // Only what was written before the publication began is certain to have taken effect when it ends.
        var entries = await FindEntriesAsync(change);
        await publication.PublishAsync(change);
        if (entries.Count == 0)
            return;
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync();
        record.AddRange(entries.Select(entry => new AuditEffect { EntryId = entry, At = now }));
        try
        {
            await record.SaveChangesAsync();
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another publication at the same time has written it down.
        }
    }

    private async Task<List<UserName>> FindServiceAccountsAsync(UserName owner)
    {
        await using var record = await contexts.CreateDbContextAsync();
        var names = await record.Users
            .Where(account => account.Kind == UserKind.Service && record.Users.WithName(owner).Any(user => user.Id == account.SponsorId))
            .Select(account => account.UserName!)
            .ToListAsync();
        return names.ConvertAll(UserName.Parse);
    }

    private async Task<List<long>> FindEntriesAsync(AccessChange change)
    {
        await using var record = await contexts.CreateDbContextAsync();
        var entries = record.Audit.Where(entry => AuditAction.OfAccess.Contains(entry.Action) && !record.AuditEffects.Any(effect => effect.EntryId == entry.Id));
        if (change.User is { } user)
            entries = entries.Where(entry => entry.Subject == user.Value);
        else
            entries = entries.Where(entry => entry.RepositoryId == change.Repository);
        return await entries.Select(entry => entry.Id).ToListAsync();
    }
}
