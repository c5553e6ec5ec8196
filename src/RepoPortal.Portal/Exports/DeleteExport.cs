using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Exports;

/// <summary>Gives an export up before its time, also while it is being made. Its file goes with whoever makes it, or with the next round of <see cref="ExportRemoval"/>.</summary>
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
                var now = time.GetUtcNow();
                var task = await record.Tasks.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
                if (task is { IsOver: false })
                    task.GiveUp($"The export was given up by {actor.Label}.", now);
                record.Remove(export);
                record.Add(AuditEntry.Of(now, actor, AuditAction.ExportRemoved, repository.Name.Value, repository.Id, new { file = export.FileName }));
                await record.SaveChangesAsync(cancellationToken);
                return Done.Instance;
            },
            cancellationToken);
}
