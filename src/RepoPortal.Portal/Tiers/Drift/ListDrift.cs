using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tiers.Drift;

/// <summary>Lists what was proposed: of one repository for its owners, of all for administrators.</summary>
internal sealed class ListDrift(IDbContextFactory<RecordContext> contexts)
{
    /// <summary>The most that are listed.</summary>
    internal const int Most = 200;

    /// <summary>Everything that was ever proposed for a repository, the latest first.</summary>
    internal async Task<Outcome<IReadOnlyList<DriftView>>> OfRepositoryAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see what is proposed for it", cancellationToken);
        return found.Succeeded(out var repository, out var refusal)
            ? await ReadAsync(record, record.DriftProposals.Where(row => row.RepositoryId == repository.Id), cancellationToken)
            : refusal;
    }

    /// <summary>Whatever is open or postponed, the latest first; or what was answered.</summary>
    internal async Task<Outcome<IReadOnlyList<DriftView>>> OfEverybodyAsync(bool open, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees what is proposed for everybody.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(
            record,
            record.DriftProposals.Where(row => (row.State == DriftState.Open || row.State == DriftState.Postponed) == open),
            cancellationToken);
    }

    private static async Task<Outcome<IReadOnlyList<DriftView>>> ReadAsync(
        RecordContext record, IQueryable<DriftProposal> which, CancellationToken cancellationToken)
    {
        var tiers = await record.Tiers.AsNoTracking().ToListAsync(cancellationToken);
        var rows = await which.AsNoTracking().Include(row => row.Repository).OrderByDescending(row => row.FoundAt).Take(Most).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => DriftView.Of(row, row.Repository.Name, tiers));
    }
}
