using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using Microsoft.Data.Sqlite;
using Npgsql;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Repositories.Search;

namespace RepoPortal.Portal.Backups;

/// <summary>
/// One backup of the record: a directory named by its time, with the database as of one moment (<c>portal.db</c>, or <c>record.dump</c> of <c>pg_dump</c>), the
/// data-protection keys, and <c>record.json</c>, which is written last and has the digest of every file.
/// </summary>
internal sealed class RecordSnapshot(string path)
{
    private const string DatabaseFile = "portal.db";
    private const string DumpFile = "record.dump";
    private const string NoteFile = "record.json";
    private const string KeysDirectory = "keys";
    private const string NameFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Its directory.</summary>
    internal string Path => path;

    /// <summary>When it was begun, as its name says.</summary>
    internal DateTimeOffset At => DateTimeOffset.ParseExact(System.IO.Path.GetFileName(path), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Whether it is one of PostgreSQL.</summary>
    internal bool IsPostgres => File.Exists(System.IO.Path.Combine(path, DumpFile));

    /// <summary>Every whole snapshot in a directory of backups, the newest first.</summary>
    internal static IReadOnlyList<RecordSnapshot> All(BackupDirectory backups) => Directory.Exists(backups.Record)
        ? [.. Directory.EnumerateDirectories(backups.Record)
            .Where(directory => File.Exists(System.IO.Path.Combine(directory, NoteFile)))
            .Where(directory => DateTimeOffset.TryParseExact(System.IO.Path.GetFileName(directory), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            .OrderByDescending(directory => directory, StringComparer.Ordinal)
            .Select(directory => new RecordSnapshot(directory))]
        : [];

    /// <summary>Dates those that a clock which was ahead has dated later than now before now, in their order: their names say which is the newest.</summary>
    internal static void Redate(BackupDirectory backups, DateTimeOffset now)
    {
        var at = now;
        foreach (var ahead in All(backups).Where(snapshot => ClockAhead.Wrote(snapshot.At, now)))
        {
            do
                at = at.AddSeconds(-1);
            while (Directory.Exists(PlaceOf(backups, at)));
            Directory.Move(ahead.Path, PlaceOf(backups, at));
        }
    }

    /// <summary>Takes one.</summary>
    /// <exception cref="IOException">The disk refused, or <c>pg_dump</c> did.</exception>
    internal static async Task<RecordSnapshot> TakeAsync(
        BackupDirectory backups, DataDirectory data, RecordLocation location, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CreatePrivate(backups.Record);
        var fresh = System.IO.Path.Combine(backups.Record, $".new-{Guid.NewGuid():n}");
        try
        {
            CreatePrivate(fresh);
            if (location.Postgres is { } connection)
                await DumpAsync(connection, System.IO.Path.Combine(fresh, DumpFile), cancellationToken);
            else
                CopySqlite(data.DatabaseFile, System.IO.Path.Combine(fresh, DatabaseFile));
            CopyKeys(data.Keys, System.IO.Path.Combine(fresh, KeysDirectory));
            await WriteNoteAsync(fresh, cancellationToken);
            var place = PlaceOf(backups, now);
            if (!Directory.Exists(place))
                Directory.Move(fresh, place);
            return new RecordSnapshot(place);
        }
        finally
        {
            if (Directory.Exists(fresh))
                Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>Brings it back: the embedded database and the keys into a data directory, or into the PostgreSQL database that is configured.</summary>
    /// <exception cref="IOException">A file is not what was written, the disk refused, or <c>pg_restore</c> did.</exception>
    internal async Task RestoreAsync(DataDirectory data, RecordLocation location, CancellationToken cancellationToken)
    {
        await RequireWholeAsync(cancellationToken);
        if (IsPostgres != location.Postgres is not null)
            throw new IOException(IsPostgres ? "the record was kept in PostgreSQL; set RepoPortal:Database to the database it is to be restored into" : "the record was kept in SQLite; leave RepoPortal:Database as it was");
        CopyKeys(System.IO.Path.Combine(path, KeysDirectory), data.Keys);
        if (location.Postgres is { } connection)
            await RunAsync(connection, "pg_restore", ["--no-owner", "--clean", "--if-exists", "--single-transaction", "--exit-on-error", "-d", "DATABASE", System.IO.Path.Combine(path, DumpFile)], cancellationToken);
        else
            File.Copy(System.IO.Path.Combine(path, DatabaseFile), data.DatabaseFile, overwrite: true);
        await ForgetSearchesAsync(data, location, cancellationToken);
    }

    // What is indexed is of what was there before, under the same numbers.
    private static async Task ForgetSearchesAsync(DataDirectory data, RecordLocation location, CancellationToken cancellationToken)
    {
        if (location.Postgres is { } connection)
            await PostgresSearchIndex.DropAsync(connection, cancellationToken);
        else if (Directory.Exists(data.Search))
            Directory.Delete(data.Search, recursive: true);
    }

    private static string PlaceOf(BackupDirectory backups, DateTimeOffset at) => System.IO.Path.Combine(backups.Record, at.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture));

    private static void CopySqlite(string from, string to)
    {
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = from, Pooling = false }.ToString());
        using var destination = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString());
        source.Open();
        destination.Open();
        using (var patience = source.CreateCommand())
        {
            // Whoever checkpoints has the database for themselves for a moment, and copying asks once only, unless told.
            patience.CommandText = "PRAGMA busy_timeout = 10000";
            patience.ExecuteNonQuery();
        }

        source.BackupDatabase(destination);
    }

    private static Task DumpAsync(string connection, string file, CancellationToken cancellationToken) =>
        // What searches are answered from is made anew where it is missing.
        RunAsync(connection, "pg_dump", ["-Fc", "--exclude-schema=search", "-f", file, "-d", "DATABASE"], cancellationToken);

    // The password goes by the environment: a command line is everybody's to read.
    private static async Task RunAsync(string connection, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var result = await Cli.Wrap(program)
            .WithArguments(arguments.Select(argument => argument == "DATABASE" ? settings.Database! : argument))
            .WithEnvironmentVariables(new Dictionary<string, string?>
            {
                ["PGHOST"] = settings.Host,
                ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = settings.Username,
                ["PGPASSWORD"] = settings.Password,
            })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        if (!result.IsSuccess)
            throw new IOException($"{program} failed: {result.StandardError.Trim()}");
    }

    private static void CopyKeys(string from, string to)
    {
        CreatePrivate(to);
        if (!Directory.Exists(from))
            return;
        foreach (var key in Directory.EnumerateFiles(from, "*.xml"))
            File.Copy(key, System.IO.Path.Combine(to, System.IO.Path.GetFileName(key)), overwrite: true);
    }

    private static async Task WriteNoteAsync(string directory, CancellationToken cancellationToken)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            digests[System.IO.Path.GetRelativePath(directory, file)] = await DigestAsync(file, cancellationToken);
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }

        await using var note = File.Create(System.IO.Path.Combine(directory, NoteFile));
        await JsonSerializer.SerializeAsync(note, digests, cancellationToken: cancellationToken);
        note.Flush(flushToDisk: true);
    }

    private async Task RequireWholeAsync(CancellationToken cancellationToken)
    {
        await using var note = File.OpenRead(System.IO.Path.Combine(path, NoteFile));
        var digests = await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(note, cancellationToken: cancellationToken) ?? [];
        foreach (var (file, digest) in digests)
        {
            if (await DigestAsync(System.IO.Path.Combine(path, file), cancellationToken) != digest)
                throw new IOException($"'{System.IO.Path.Combine(path, file)}' is not what was written");
        }
    }

    private static async Task<string> DigestAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    // It has people's addresses and the keys that sessions are encrypted with.
    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
