using Microsoft.Data.Sqlite;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>
/// An index in SQLite's FTS5: a file per repository beside the record, so that none waits for another, none is searched with another, and removing one is removing a file.
/// The words are taken apart here, so FTS5 is to split at spaces only, and keeps neither texts nor places.
/// </summary>
internal sealed class SqliteSearchIndex(DataDirectory data) : ISearchIndex
{
    // Grows with every change of the tables or of what a word is.
    private const long Version = 1;

    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private static readonly string Tables =
        $"""
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS state (
            id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL, directory TEXT NOT NULL, tree INTEGER NOT NULL, target INTEGER NOT NULL,
            after TEXT NULL, messages INTEGER NOT NULL, steps INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS file (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
        CREATE VIRTUAL TABLE IF NOT EXISTS file_words USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
        CREATE VIRTUAL TABLE IF NOT EXISTS message_words USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data.Search);
        return Task.CompletedTask;
    }

    public Task<IndexState?> ReadStateAsync(RepositoryId repository, CancellationToken cancellationToken) =>
        ReadAsync(repository, connection => FindStateAsync(connection, cancellationToken), null, cancellationToken);

    public Task<bool> WriteAsync(RepositoryId repository, IndexStep step, CancellationToken cancellationToken) => MendAsync(repository, async () =>
    {
        await using var connection = await OpenAsync(repository, SqliteOpenMode.ReadWriteCreate, cancellationToken);
        await RunAsync(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;", cancellationToken);
        await RunAsync(connection, Tables, cancellationToken);
        await using var transaction = connection.BeginTransaction();
        if (await FindStateAsync(connection, cancellationToken) != step.From)
            return false;
        await WriteFilesAsync(connection, step, cancellationToken);
        await WriteMessagesAsync(connection, step, cancellationToken);
        var to = step.To;
        await RunAsync(
            connection, "REPLACE INTO state VALUES (1, $generation, $directory, $tree, $target, $after, $messages, $steps)", cancellationToken,
            ("$generation", to.Generation), ("$directory", to.Directory), ("$tree", to.Tree), ("$target", to.Target),
            ("$after", (object?)to.After ?? DBNull.Value), ("$messages", to.Messages), ("$steps", to.Steps));
        await transaction.CommitAsync(cancellationToken);
        return true;
    });

    public Task<IReadOnlyList<string>> FindFilesAsync(
        RepositoryId repository, IReadOnlyList<SearchWord> words, string? after, int most, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(
            repository,
            async connection => await ListAsync(
                connection,
                "SELECT path FROM file WHERE id IN (SELECT rowid FROM file_words WHERE file_words MATCH $words) AND path > $after ORDER BY path LIMIT $most",
                row => row.GetString(0), cancellationToken, ("$words", Match(words)), ("$after", after ?? ""), ("$most", most)),
            [],
            cancellationToken);

    public Task<IReadOnlyList<long>> FindMessagesAsync(
        RepositoryId repository, IReadOnlyList<SearchWord> words, long before, int most, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<long>>(
            repository,
            async connection => await ListAsync(
                connection,
                "SELECT rowid FROM message_words WHERE message_words MATCH $words AND rowid < $before ORDER BY rowid DESC LIMIT $most",
                row => row.GetInt64(0), cancellationToken, ("$words", Match(words)), ("$before", before), ("$most", most)),
            [],
            cancellationToken);

    public Task<IReadOnlyList<RepositoryId>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RepositoryId>>(
    [
        .. Directory.EnumerateFiles(data.Search, "*.db").Select(Path.GetFileNameWithoutExtension)
            .Select(name => Guid.TryParseExact(name, "n", out var id) ? new RepositoryId(id) : default).Where(id => id != default),
    ]);

    public Task RemoveAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        Remove(repository);
        return Task.CompletedTask;
    }

    private static async Task WriteFilesAsync(SqliteConnection connection, IndexStep step, CancellationToken cancellationToken)
    {
        if (step.ForgetsFiles)
            await RunAsync(connection, "DELETE FROM file; DELETE FROM file_words;", cancellationToken);
        foreach (var (path, words) in step.Files)
        {
            await RunAsync(
                connection, "DELETE FROM file_words WHERE rowid = (SELECT id FROM file WHERE path = $path); DELETE FROM file WHERE path = $path;", cancellationToken,
                ("$path", path));
            if (words is not null)
            {
                await RunAsync(
                    connection, "INSERT INTO file (path) VALUES ($path); INSERT INTO file_words (rowid, words) VALUES (last_insert_rowid(), $words);", cancellationToken,
                    ("$path", path), ("$words", string.Join(' ', words)));
            }
        }
    }

    private static async Task WriteMessagesAsync(SqliteConnection connection, IndexStep step, CancellationToken cancellationToken)
    {
        if (step.ForgetsMessages)
            await RunAsync(connection, "DELETE FROM message_words", cancellationToken);
        foreach (var (revision, words) in step.Messages)
        {
            await RunAsync(
                connection, "DELETE FROM message_words WHERE rowid = $revision; INSERT INTO message_words (rowid, words) VALUES ($revision, $words);", cancellationToken,
                ("$revision", revision), ("$words", string.Join(' ', words)));
        }
    }

    // Words are letters and digits, so quotes make them strings of FTS5's syntax, whatever they are.
    private static string Match(IReadOnlyList<SearchWord> words) => string.Join(" AND ", words.Select(word => $"\"{word.Text}\"{(word.IsPrefix ? " *" : "")}"));

    private static async Task<IndexState?> FindStateAsync(SqliteConnection connection, CancellationToken cancellationToken) =>
        (await ListAsync(
            connection,
            "SELECT generation, directory, tree, target, after, messages, steps FROM state",
            row => new IndexState(
                row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5), row.GetInt64(6)),
            cancellationToken)).SingleOrDefault();

    private Task<T> ReadAsync<T>(RepositoryId repository, Func<SqliteConnection, Task<T>> read, T nothing, CancellationToken cancellationToken) => MendAsync(repository, async () =>
    {
        if (!File.Exists(FileOf(repository)))
            return nothing;
        await using var connection = await OpenAsync(repository, SqliteOpenMode.ReadWrite, cancellationToken);
        var version = await ListAsync(connection, "PRAGMA user_version", row => row.GetInt64(0), cancellationToken);
        if (version.Single() == Version)
            return await read(connection);
        await connection.CloseAsync();
        // One without a version is being made.
        if (version.Single() != 0)
            Remove(repository);
        return nothing;
    });

    /// <summary>A file that a disk has damaged is made anew.</summary>
    private async Task<T> MendAsync<T>(RepositoryId repository, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is Corrupt or NotADatabase)
        {
            Remove(repository);
            throw;
        }
    }

    private async Task<SqliteConnection> OpenAsync(RepositoryId repository, SqliteOpenMode mode, CancellationToken cancellationToken)
    {
        // Not pooled: there may be as many files as repositories, and each is to go when it is removed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FileOf(repository), Mode = mode, Pooling = false }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await RunAsync(connection, "PRAGMA busy_timeout = 10000", cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void Remove(RepositoryId repository)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            File.Delete(FileOf(repository) + suffix);
    }

    private string FileOf(RepositoryId repository) => Path.Combine(data.Search, $"{repository}.db");

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<T>> ListAsync<T>(
        SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var list = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
            list.Add(read(rows));
        return list;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant; what comes from outside is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
