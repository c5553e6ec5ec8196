using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Search;

namespace RepoPortal.Portal.Repositories.History.Messages;

/// <summary>Writes down what came of a correction that was noted: in the history, in the audit, and in what the record keeps of the commit.</summary>
internal sealed class SettleCorrection(IDbContextFactory<RecordContext> contexts, IndexRepository index, TimeProvider time)
{
    /// <returns>True when it is in effect, whoever wrote that down.</returns>
    internal async Task<bool> ExecuteAsync(Guid id, bool isEffective, CancellationToken cancellationToken)
    {
        var isSettled = await contexts.UndisturbedAsync(record => SettleAsync(record, id, isEffective, cancellationToken), cancellationToken);
        if (isSettled)
            await IndexAsync(id, cancellationToken);
        return isSettled;
    }

    // So that searches find the new words. Whoever searches reads the message itself, so the old ones find nothing in any case.
    private async Task IndexAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var correction = await record.CorrectedMessages.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var repository = await record.Repositories.AsNoTracking().Include(row => row.Copies).SingleAsync(row => row.Id == correction.RepositoryId, cancellationToken);
        if (repository.Primary is { } primary)
            await index.RenewMessageAsync(primary.Key, primary.NodeName, correction.Revision, cancellationToken);
    }

    private async Task<bool> SettleAsync(RecordContext record, Guid id, bool isEffective, CancellationToken cancellationToken)
    {
        var correction = await record.CorrectedMessages.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (correction is not { EffectiveAt: null })
            return correction is not null;
        if (isEffective)
            await NoteAsync(record, correction, cancellationToken);
        else
            record.Remove(correction);
        await record.SaveChangesAsync(cancellationToken);
        return isEffective;
    }

    private async Task NoteAsync(RecordContext record, CorrectedMessage correction, CancellationToken cancellationToken)
    {
        correction.EffectiveAt = time.GetUtcNow();
        var (repository, revision) = (correction.RepositoryId, correction.Revision);
        // Not the texts: administrators read the audit, who may not read the repository.
        record.Add(AuditEntry.Of(
            correction.EffectiveAt.Value, new Actor(correction.UserId, correction.By, UserKind.Internal, IsAdministrator: false), AuditAction.MessageCorrected,
            (await record.Repositories.Where(row => row.Id == repository).Select(row => row.Name).SingleAsync(cancellationToken)).Value, repository, new { revision }));
        if (await record.Commits.SingleOrDefaultAsync(row => row.RepositoryId == repository && row.Revision == revision, cancellationToken) is { } commit)
            commit.Message = CommitSummary.CutMessage(correction.After);
    }
}
