using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Restores;

/// <summary>Restores a repository as of a revision as a new one beside it: for whoever wants to look at, or take back, what was there before. Its owners own the new one, and nobody else reads it.</summary>
internal sealed class RestoreBeside(IDbContextFactory<RecordContext> contexts, CreationRight right, TimeProvider time)
{
    /// <returns>The task that brings the content back.</returns>
    internal async Task<Outcome<Guid>> ExecuteAsync(string name, RestorePoint point, string? newName, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.UserId is not null && !await right.HasAsync(actor, cancellationToken))
            return Refusal.Forbidden("A restore beside the repository makes a new one, and external collaborators do not create repositories; ask an owner of the house.");
        if (!RepositoryName.TryParse(newName, out var target, out var sentence))
            return Refusal.Invalid("as", sentence);
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.FindManagedAsync(name, actor, "restore it", cancellationToken);
        if (!found.Succeeded(out var source, out var refusal))
            return refusal;
        if (source.Primary is not { } primary || await record.Protections.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == source.Id, cancellationToken) is not { Revision: not null })
            return Refusal.Conflict("There is no backup of it yet.");
        if (!(await point.ResolveAsync(record, source, cancellationToken)).Succeeded(out var revision, out refusal))
            return refusal;

        if (await record.Names.AnyAsync(claim => claim.Name == target, cancellationToken))
            return Refusal.Conflict(CreateRepository.TakenSentence(target), "as");
        var now = time.GetUtcNow();
        var restored = Begin(source, primary, target, revision, actor, now);
        var task = TaskKeys.NewTask(TaskKind.Restore, source.Id, actor, now, new RestoreParameters(revision, restored.Id.Value, 1, revision).ToJson());
        // Two may be restored at once, as long as they become two.
        task.Key = $"{Spelling.Of(TaskKind.Restore)}:{restored.Id}";
        record.Add(restored);
        record.Add(task);
        record.Add(AuditEntry.Of(now, actor, AuditAction.RepositoryRestored, target.Value, restored.Id, new { from = source.Name.Value, revision }));
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Refusal.Conflict(CreateRepository.TakenSentence(target), "as");
        }

        return task.Id;
    }

    private static Repository Begin(Repository source, Copy primary, RepositoryName name, long revision, Actor actor, DateTimeOffset now)
    {
        var restored = new Repository
        {
            Id = new RepositoryId(Guid.CreateVersion7(now)),
            Name = name,
            Uuid = Guid.NewGuid(),
            Description = $"{source.Name} as of revision {Shell.Format.Plain(revision)}",
            TierId = source.TierId,
            Tier = source.Tier,
            Visibility = Visibility.Private,
            Layout = RepositoryLayout.Empty,
            State = RepositoryState.Restoring,
            CreatedAt = now,
            Creator = actor.Name ?? source.Creator,
            // No route is handed out, and the access file is written with the content.
            AccessVersion = 1,
        };
        restored.Copies.Add(new Copy
        {
            Id = Guid.CreateVersion7(now),
            RepositoryId = restored.Id,
            NodeName = primary.NodeName,
            Generation = 1,
            Role = CopyRole.Primary,
            Epoch = 1,
        });
        restored.Names.Add(NameClaim.Of(restored.Id, name, now));
        foreach (var owner in source.Members.Where(member => member.Access == AccessLevel.Owner))
        {
            restored.Members.Add(new Membership
            {
                RepositoryId = restored.Id,
                UserId = owner.UserId,
                User = owner.User,
                Access = AccessLevel.Owner,
                EndsAt = owner.EndsAt,
                GrantedAt = now,
                GrantedBy = actor.Label,
            });
        }

        restored.RefreshInventoryColumns();
        return restored;
    }
}
