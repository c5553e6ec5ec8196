using Microsoft.Extensions.Hosting;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Names;

namespace RepoPortal.Portal.Record;

/// <summary>Brings the database to the shape this program expects, before any other part starts.</summary>
internal sealed class RecordMigration(IDbContextFactory<RecordContext> contexts, DataDirectory data) : IHostedLifecycleService
{
    // The key of PostgreSQL's advisory lock: any number, as long as it is always the same.
    private const long MigrationLock = 0x5265706f4d696772;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>Applies what is missing; nothing to do is the usual case and costs one query.</summary>
    internal async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (context is PostgresRecordContext)
        {
            await ApplyAloneAsync(context, cancellationToken);
            return;
        }

        Directory.CreateDirectory(data.Root);
        await using var held = await LockAsync(cancellationToken);
        if (!(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        await RemoveAbandonedLockAsync(context, cancellationToken);
        await MigrateAsync(context, cancellationToken);
    }

    /// <summary>EF's own lock ends with each migration's transaction, so of two servers that start at once both would begin the next one.</summary>
    private static async Task ApplyAloneAsync(RecordContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        // Held by the connection, which the context closes; a server that dies loses it.
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancellationToken);
        await MigrateAsync(context, cancellationToken);
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", cancellationToken);
    }

    /// <summary>The shape first, then what older rows lack in it.</summary>
    private static async Task MigrateAsync(RecordContext context, CancellationToken cancellationToken)
    {
        await context.Database.MigrateAsync(cancellationToken);
        await NameClaims.CompleteAsync(context, cancellationToken);
        await AuditChain.SealAsync(context, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => ApplyAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The server and a command may start at once. The kernel gives this lock back when its holder is killed.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(data.DatabaseFile + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                await Task.Delay(LockPoll, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>EF marks a running migration in a table of SQLite, and waits for ever for a mark whose process was killed. We hold the file lock: nobody runs.</summary>
    private static async Task RemoveAbandonedLockAsync(RecordContext context, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
}
