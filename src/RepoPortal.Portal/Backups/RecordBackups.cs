using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;

namespace RepoPortal.Portal.Backups;

/// <summary>
/// Backs the record up beside the repositories. It may be older than they are, or younger: at a restore, commits that it does not know are read from the
/// repositories, and those that it knows and they do not have are named as lost.
/// </summary>
internal sealed partial class RecordBackups(
    IDbContextFactory<RecordContext> contexts, IOptions<BackupOptions> options, IConfiguration configuration, DataDirectory data, IHostApplicationLifetime host, TimeProvider time,
    ILogger<RecordBackups> logger) : BackgroundService
{
    private const int KeptAlways = 12;

    /// <summary>For how many days one of each day is kept, not counting days without any.</summary>
    internal const int KeptDays = 30;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private readonly BackupDirectory _directory = BackupDirectory.Of(options.Value, data);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.ReadOnly ? Task.CompletedTask : host.RepeatAsync(Period, RoundAsync, time, logger, stoppingToken);

    /// <summary>Takes a snapshot when it is due, on one of the servers.</summary>
    internal async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (!await ClaimAsync(cancellationToken))
            return;
        var now = time.GetUtcNow();
        try
        {
            if (!File.Exists(_directory.Marker))
                throw new IOException($"the directory for backups, '{_directory.Root}', is not there, or not the one that it was");
            RecordSnapshot.Redate(_directory, now);
            await RecordSnapshot.TakeAsync(_directory, data, RecordLocation.Parse(configuration[RecordLocation.Setting]), now, cancellationToken);
            Thin();
            await NoteAsync(row => (row.At, row.Failure) = (now, null), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException or System.ComponentModel.Win32Exception)
        {
            LogFailed(exception);
            await NoteAsync(row => row.Failure = exception.Message, cancellationToken);
        }
    }

    private async Task<bool> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await record.RecordBackups.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            record.Add(new RecordBackup());
            try
            {
                await record.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // Another server was faster.
            }

            return false; // the next round claims it
        }

        // The storage node makes the directory, when it has looked where it is.
        if (row.At is null && !File.Exists(_directory.Marker))
            return false;
        // In either direction: a clock that was far ahead is not waited for.
        var due = row.TriedAt is not { } tried || (now - tried).Duration() >= (row.Failure is null ? options.Value.RecordInterval : Retry);
        return due && await record.RecordBackups.Where(stored => stored.TriedAt == row.TriedAt)
            .ExecuteUpdateAsync(stored => stored.SetProperty(claimed => claimed.TriedAt, now), cancellationToken) == 1;
    }

    private Task<int> NoteAsync(Action<RecordBackup> note, CancellationToken cancellationToken) => contexts.UndisturbedAsync(
        async record =>
        {
            note(await record.RecordBackups.SingleAsync(cancellationToken));
            return await record.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    // The newest ones, and of each earlier day its last. Days are counted that have one, so that a clock which jumps ahead takes none away.
    private void Thin()
    {
        var old = RecordSnapshot.All(_directory).Skip(KeptAlways).ToList();
        var kept = old.GroupBy(snapshot => snapshot.At.Date).Take(KeptDays).Select(day => day.First().Path).ToHashSet(StringComparer.Ordinal);
        foreach (var snapshot in old.Where(snapshot => !kept.Contains(snapshot.Path)))
            Directory.Delete(snapshot.Path, recursive: true);
    }

    [LoggerMessage(LogLevel.Error, "the record could not be backed up")]
    private partial void LogFailed(Exception exception);
}
