using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Tiers;

/// <summary>What several use cases about tiers ask the record.</summary>
internal static class TierQueries
{
    /// <summary>A refusal of a tier that is none, naming those there are.</summary>
    internal static Refusal RefuseUnknown(string? tier, IEnumerable<Tier> tiers) =>
        Refusal.Invalid("tier", $"'{tier}' is not a tier; choose one of {string.Join(", ", tiers.OrderBy(candidate => candidate.Order).Select(candidate => candidate.Id))}.");

    /// <summary>Every administrator who can be written to.</summary>
    internal static async Task<IReadOnlyList<User>> AdministratorsAsync(RecordContext record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var administrators = await record.Users.AsNoTracking().Where(user => user.IsAdministrator && user.Email != null).ToListAsync(cancellationToken);
        return administrators.FindAll(user => user.IsActive(now));
    }

    /// <summary>A request as it is now.</summary>
    internal static async Task<TierRequestView> ViewAsync(IDbContextFactory<RecordContext> contexts, Guid id, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var request = await record.TierRequests.AsNoTracking().Include(row => row.Repository).SingleAsync(row => row.Id == id, cancellationToken);
        return TierRequestView.Of(request, request.Repository.Name, await record.Tiers.AsNoTracking().ToListAsync(cancellationToken));
    }

    /// <summary>The id of the tier that an open request of a repository is for; null when there is none.</summary>
    internal static Task<string?> RequestedTierAsync(this RecordContext record, RepositoryId repository, CancellationToken cancellationToken) =>
        record.TierRequests.Where(request => request.RepositoryId == repository && request.State == TierRequestState.Open)
            .Join(record.Tiers, request => request.ToTier, tier => tier.Id, (_, tier) => tier.Id).SingleOrDefaultAsync(cancellationToken);
}
