using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Promises;

/// <summary>Judges the repositories of a tier by what it would promise, out of what was measured of them.</summary>
internal sealed class PreviewTier(IDbContextFactory<RecordContext> contexts, IOptions<BackupOptions> options, TimeProvider time) : ITierPreview
{
    public async Task<IReadOnlyList<BrokenBy>> FindBrokenByAsync(Tier proposed, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var recordBackup = await record.RecordBackups.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var now = time.GetUtcNow();
        var measured = await record.Protections.AsNoTracking()
            .Join(record.Repositories.Where(row => row.TierId == proposed.Id), protection => protection.RepositoryId, row => row.Id, (protection, row) => new { protection, row.Name, row.SizeBytes })
            .OrderBy(row => row.Name)
            .ToListAsync(cancellationToken);
        return [.. measured
            .Select(row => (row.Name, Worst: AssessPromise.Worst(AssessPromise.Run(proposed, row.protection, recordBackup, options.Value.RecordInterval, row.SizeBytes, now))))
            .Where(row => row.Worst.State == PromiseState.Broken)
            .Select(row => new BrokenBy(row.Name, row.Worst.Sentence))];
    }
}
