using RepoPortal.Contracts.History;

namespace RepoPortal.Portal.Repositories.History.Messages;

/// <summary>Lists the corrections of a revision's message.</summary>
internal sealed class ListCorrections(IDbContextFactory<RecordContext> contexts, SettleCorrection settle, TimeProvider time)
{
    // Longer than a node is waited for: who began it is gone.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    /// <param name="repository">The repository.</param>
    /// <param name="commit">The revision, whose message the reader may see.</param>
    /// <param name="isOwner">Whether they may read what was there before.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<IReadOnlyList<CorrectionView>> ExecuteAsync(RepositoryId repository, CommitHeader commit, bool isOwner, CancellationToken cancellationToken)
    {
        if (commit.Message is null)
            return [];
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await record.CorrectedMessages.AsNoTracking().Where(row => row.RepositoryId == repository && row.Revision == commit.Revision).ToListAsync(cancellationToken);
        foreach (var row in rows.Where(row => row.EffectiveAt is null && row.At < time.GetUtcNow() - Abandoned))
        {
            if (await settle.ExecuteAsync(row.Id, isEffective: row.After == commit.Message, cancellationToken))
                row.EffectiveAt = row.At;
        }

        return [.. rows.Where(row => row.EffectiveAt is not null).OrderByDescending(row => row.EffectiveAt).Select(row => new CorrectionView(row.By, row.At, isOwner ? row.Before : null))];
    }
}
