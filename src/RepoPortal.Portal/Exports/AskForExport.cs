using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Exports;

/// <summary>Has a repository written into a file that can be taken away; by its owners and administrators, one at a time.</summary>
internal sealed class AskForExport(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <param name="name">The repository.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="key">The digest of a secret by which a command will fetch the file; null for people.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="cancellationToken">The request.</param>
    /// <returns>The task that makes the file, which is the export's id, too.</returns>
    internal async Task<Outcome<Guid>> ExecuteAsync(string name, ExportRequest request, TokenDigest? key, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.FindManagedAsync(name, actor, "export it", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (repository.State != RepositoryState.Ready || repository.Primary is not { } primary)
            return Refusal.Conflict($"'{repository.Name}' is not ready, so there is nothing to export.");
        if (!(await request.ResolveAsync(record, repository, cancellationToken)).Succeeded(out var content, out refusal))
            return refusal;
        if (await record.Exports.CountAsync(export => export.RepositoryId == repository.Id, cancellationToken) >= Export.Most)
            return Refusal.Conflict($"There are {Export.Most} exports of it. Delete one of them first.");

        var now = time.GetUtcNow();
        var task = TaskKeys.NewTask(TaskKind.Export, repository.Id, actor, now);
        record.Add(task);
        record.Add(new Export
        {
            Id = task.Id,
            RepositoryId = repository.Id,
            NodeName = primary.NodeName,
            FileName = ExportRequest.FileName(repository.Name, content),
            Form = content.Form,
            Compression = content.Compression,
            First = content.First,
            Last = content.Last,
            Incremental = content.Incremental,
            Deltas = content.Deltas,
            RequestedBy = actor.Label,
            RequestedAt = now,
            Key = key,
        });
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.RepositoryExported, repository.Name.Value, repository.Id, new { form = Spelling.Of(content.Form), first = content.First, last = content.Last }));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Refusal.Conflict("An export of it is being made; wait until that is done.");
        }

        return task.Id;
    }
}
