using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Restores;

/// <summary>What came of restoring a whole installation.</summary>
/// <param name="Lines">A line for each repository that lost something or could not be brought back, and one that sums up.</param>
/// <param name="IsWhole">Whether every repository is back.</param>
internal sealed record MachineReport(IReadOnlyList<string> Lines, bool IsWhole);

/// <summary>
/// The record's part in bringing back a whole installation: the newest snapshot into an empty data directory; each repository closed, with a task that brings its
/// content back. A file in the data directory says that this is going on, so that it can go on after it was cut short.
/// </summary>
internal sealed class RestoreRecord(
    IDbContextFactory<RecordContext> contexts, IOptions<BackupOptions> options, IConfiguration configuration, DataDirectory data, TimeProvider time)
{
    private string GoingOnFile => Path.Combine(data.Root, "restoring");

    /// <summary>Brings the record back.</summary>
    /// <returns>The moment it speaks of; null when an earlier attempt had brought it back.</returns>
    /// <exception cref="IOException">The data directory is not empty, there is no whole snapshot, or the disk refused; with a sentence.</exception>
    internal async Task<DateTimeOffset?> RestoreAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(GoingOnFile) && await File.ReadAllTextAsync(GoingOnFile, cancellationToken) == "content")
            return null;
        if (!File.Exists(GoingOnFile) && Directory.Exists(data.Root) && Directory.EnumerateFileSystemEntries(data.Root).Any())
            throw new IOException($"'{data.Root}' is not empty; name an empty directory with --data. Nothing was changed.");
        var backups = BackupDirectory.Of(options.Value, data);
        if (!File.Exists(backups.Marker))
            throw new IOException($"'{backups.Root}' is no directory of backups.");
        var snapshots = RecordSnapshot.All(backups);
        if (snapshots.Count == 0)
            throw new IOException($"'{backups.Root}' has no backup of the record.");
        Directory.CreateDirectory(data.Root);
        await File.WriteAllTextAsync(GoingOnFile, "record", cancellationToken);

        var failures = new List<string>();
        foreach (var snapshot in snapshots)
        {
            try
            {
                await snapshot.RestoreAsync(data, RecordLocation.Parse(configuration[RecordLocation.Setting]), cancellationToken);
                return snapshot.At;
            }
            catch (Exception exception) when (exception is IOException or System.Text.Json.JsonException or System.ComponentModel.Win32Exception)
            {
                // The one before may be whole.
                failures.Add(exception.Message);
            }
        }

        throw new IOException($"No backup of the record could be brought back: {string.Join("; ", failures)}");
    }

    /// <summary>Closes every repository, and notes for each that its content is to be brought back.</summary>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        // What was going on then is over, one way or the other, and what is known of backups is found out anew.
        await record.Tasks.Where(task => task.Key != null).ExecuteUpdateAsync(
            task => task.SetProperty(row => row.State, TaskState.Failed).SetProperty(row => row.Key, (string?)null).SetProperty(row => row.EndedAt, now)
                .SetProperty(row => row.Sentence, "The machine was lost while this went on."),
            cancellationToken);
        await record.Protections.ExecuteDeleteAsync(cancellationToken);
        foreach (var repository in await record.Repositories.Include(row => row.Copies).ToListAsync(cancellationToken))
        {
            if (repository.State == RepositoryState.Importing)
                GiveUpImport(record, repository, now);
            if (repository.State is not (RepositoryState.Ready or RepositoryState.Restoring or RepositoryState.Deleted) || repository.Primary is not { } primary)
                continue;
            // What was in the trash comes back into it: until when it is kept stays, and makes it deleted again when its content is there.
            repository.State = RepositoryState.Restoring;
            repository.AccessVersion++;
            // How far its backup reaches is known where it lies.
            var parameters = new RestoreParameters(RestoreParameters.AsFarAsPossible, repository.Id.Value, primary.Generation, repository.Youngest);
            record.Add(TaskKeys.NewTask(TaskKind.RestoreInPlace, repository.Id, Actor.Operator, now, parameters.ToJson()));
            record.Add(AuditEntry.Of(now, Actor.Operator, AuditAction.RepositoryRestoredInPlace, repository.Name.Value, repository.Id, new { youngest = repository.Youngest, machine = true }));
        }

        await record.SaveChangesAsync(cancellationToken);
        await File.WriteAllTextAsync(GoingOnFile, "content", cancellationToken);
    }

    // What was loaded was no repository yet, and so in no backup; whatever it was loaded from is there, or is not.
    private static void GiveUpImport(RecordContext record, Repository repository, DateTimeOffset now)
    {
        repository.State = RepositoryState.Failed;
        repository.FailureReason = "The machine was lost while this was imported, and with it what was loaded so far. Import it again, from the beginning, or delete it.";
        repository.AccessVersion++;
        record.Add(AuditEntry.Of(now, Actor.Operator, AuditAction.RepositoryFailed, repository.Name.Value, repository.Id, new { reason = repository.FailureReason }));
    }

    /// <summary>Notes once more what an earlier attempt could not bring back.</summary>
    internal async Task TryAgainAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        foreach (var repository in await record.Repositories.Where(row => row.State == RepositoryState.Failed).ToListAsync(cancellationToken))
        {
            if (await record.LastRestoreAsync(repository.Id, cancellationToken) is { } last)
                record.RestoreAgain(repository, last, Actor.Operator, now);
        }

        await record.SaveChangesAsync(cancellationToken);
    }

    /// <summary>How many repositories are still to be brought back.</summary>
    internal async Task<int> CountOpenAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Tasks.CountAsync(task => task.Kind == TaskKind.RestoreInPlace && task.Key != null, cancellationToken);
    }

    /// <summary>What came of it.</summary>
    internal async Task<MachineReport> ReportAsync(CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var tasks = await record.Tasks.AsNoTracking()
            .Where(task => task.Kind == TaskKind.RestoreInPlace)
            .Join(record.Repositories, task => task.RepositoryId, row => row.Id, (task, row) => new { row.Name, Task = task })
            .ToListAsync(cancellationToken);
        var latest = tasks.GroupBy(row => row.Name).Select(group => group.MaxBy(row => row.Task.RequestedAt)!).OrderBy(row => row.Name.Value, StringComparer.Ordinal).ToList();
        var done = latest.Count(row => row.Task.State == TaskState.Done);
        return new MachineReport(
            [.. latest.Select(row => $"{row.Name}: {row.Task.Sentence}"), $"{Shell.Format.Plain(done)} of {Shell.Format.Plain(latest.Count)} {(latest.Count == 1 ? "repository is" : "repositories are")} back."],
            done == latest.Count);
    }

    /// <summary>The data directory is an ordinary one from now on.</summary>
    internal void Finish() => File.Delete(GoingOnFile);
}
