using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Exports;

/// <summary>Gives an export up before its time. Its file goes with the next round of <see cref="ExportRemoval"/>.</summary>
internal sealed class DeleteExport(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal Task<Outcome<Done>> ExecuteAsync(string name, Guid id, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync<Outcome<Done>>(
            async record =>
            {
                var found = await record.FindAnyManagedAsync(name, actor, "delete its exports", cancellationToken);
                if (!found.Succeeded(out var repository, out var refusal))
                    return refusal;
                if (await record.Exports.SingleOrDefaultAsync(row => row.Id == id && row.RepositoryId == repository.Id, cancellationToken) is not { } export)
                    return OpenExport.NoSuch();
                if (export.KeptUntil is null)
                    return OpenExport.NotYet();
                record.Remove(export);
                record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.ExportRemoved, repository.Name.Value, repository.Id, new { file = export.FileName }));
                await record.SaveChangesAsync(cancellationToken);
                return Done.Instance;
            },
            cancellationToken);
}
