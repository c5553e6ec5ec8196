using System.Text.Json;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups.Removal;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Backups;

/// <summary>The backup of one repository, as the record knows it.</summary>
/// <param name="Repository">The repository's name; of one that is gone, its last.</param>
/// <param name="Id">Its id, which names the directory of its backups.</param>
/// <param name="State">Whether the repository is in use, in the trash or gone.</param>
/// <param name="Revision">The backup's youngest revision; null when there is none yet, and when nobody noted it.</param>
/// <param name="At">Whatever was committed before this moment is in it.</param>
/// <param name="VerifiedAt">When it was last read in full and found whole.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="KeptUntil">Until when it is kept; null for as long as the repository is in use.</param>
public sealed record ListedBackup(
    string Repository, RepositoryId Id, BackedUpState State, long? Revision, DateTimeOffset? At, DateTimeOffset? VerifiedAt, long? SizeBytes, DateTimeOffset? KeptUntil);

/// <summary>What has become of a repository that there is a backup of.</summary>
public enum BackedUpState
{
    /// <summary>It is in use.</summary>
    InUse,

    /// <summary>It was deleted, and can be taken back.</summary>
    InTrash,

    /// <summary>It was removed for good.</summary>
    Removed,
}

/// <summary>Lists what backups there are, also those of repositories that were removed for good while they are kept; for administrators.</summary>
internal sealed class ListBackups(IDbContextFactory<RecordContext> contexts)
{
    /// <param name="name">Only those of repositories that are, or were, called that; null for all.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">The request.</param>
    /// <returns>By name.</returns>
    internal async Task<Outcome<IReadOnlyList<ListedBackup>>> ExecuteAsync(string? name, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees every backup; the promise of a repository tells of its own.");
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var backups = (await ListKnownAsync(record, cancellationToken)).Concat(await ListRemovedAsync(record, cancellationToken))
            .Where(backup => name is null || backup.Repository == name)
            .OrderBy(backup => backup.Repository, StringComparer.Ordinal)
            .ThenBy(backup => backup.KeptUntil)
            .ToList();
        return name is not null && backups.Count == 0 ? Refusal.NotFound($"There is no backup of a repository that is, or was, called '{name}'.") : backups;
    }

    private static async Task<IEnumerable<ListedBackup>> ListKnownAsync(RecordContext record, CancellationToken cancellationToken)
    {
        var rows = await record.Protections.AsNoTracking()
            .Join(record.Repositories.Include(row => row.Tier), protection => protection.RepositoryId, row => row.Id, (protection, row) => new { row.Name, row.GoneAt, row.Tier, Protection = protection })
            .ToListAsync(cancellationToken);
        return rows.Select(row => new ListedBackup(
            row.Name.Value,
            row.Protection.RepositoryId,
            row.GoneAt is null ? BackedUpState.InUse : BackedUpState.InTrash,
            row.Protection.Revision,
            row.Protection.AsOf,
            row.Protection.VerifiedAt,
            row.Protection.Revision is null ? null : row.Protection.SizeBytes,
            row.GoneAt + BackupRetention.Of(row.Tier)));
    }

    // Only the audit knows them.
    private static async Task<IEnumerable<ListedBackup>> ListRemovedAsync(RecordContext record, CancellationToken cancellationToken)
    {
        var purges = await record.Audit.AsNoTracking()
            .Where(entry => entry.Action == AuditAction.RepositoryPurged && !record.Repositories.Any(row => row.Id == entry.RepositoryId))
            .ToListAsync(cancellationToken);
        var removals = await record.Audit.AsNoTracking().Where(entry => entry.Action == AuditAction.BackupRemoved).ToListAsync(cancellationToken);
        // Those that were set aside have more in their name than the generation, and go by themselves.
        var removed = removals.Where(entry => JsonElement.Parse(entry.Detail).GetProperty("directory").GetString()!.All(char.IsAsciiDigit)).Select(entry => entry.RepositoryId).ToHashSet();
        return purges.Where(purge => !removed.Contains(purge.RepositoryId)).Select(Read);
    }

    private static ListedBackup Read(AuditEntry purge)
    {
        var detail = JsonElement.Parse(purge.Detail);
        return new ListedBackup(
            purge.Subject,
            purge.RepositoryId!.Value,
            BackedUpState.Removed,
            Find("backupRevision")?.GetInt64(),
            Find("backupAsOf")?.GetDateTimeOffset(),
            Find("backupVerifiedAt")?.GetDateTimeOffset(),
            Find("backupSizeBytes")?.GetInt64(),
            Find("backupKeptUntil")?.GetDateTimeOffset());

        // Entries of earlier versions say less.
        JsonElement? Find(string member) => detail.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
