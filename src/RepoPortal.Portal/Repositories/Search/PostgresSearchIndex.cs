using Npgsql;

namespace RepoPortal.Portal.Repositories.Search;

/// <summary>
/// An index in PostgreSQL's own text search, in a schema of its own that no backup of the record has. The words are taken apart here and become a <c>tsvector</c> as they
/// are, without PostgreSQL's dictionaries.
/// </summary>
internal sealed class PostgresSearchIndex(string database) : ISearchIndex, IAsyncDisposable
{
    // Grows with every change of the tables or of what a word is.
    private const int Version = 1;

    // The key of an advisory lock: any number, as long as it is always the same.
    private const long PreparationLock = 0x5265706f53656172;

    // Each row has the repository among its words, so that the index of words leads to that repository's rows alone.
    private const string Tables =
        """
        DROP SCHEMA IF EXISTS search CASCADE;
        CREATE SCHEMA search;
        CREATE TABLE search.version (number integer NOT NULL);
        CREATE TABLE search.state (
            repository uuid PRIMARY KEY, generation integer NOT NULL, directory text NOT NULL, tree bigint NOT NULL, target bigint NOT NULL,
            after text NULL, messages bigint NOT NULL, steps bigint NOT NULL);
        CREATE TABLE search.file (repository uuid NOT NULL, path text COLLATE "C" NOT NULL, words tsvector NOT NULL, PRIMARY KEY (repository, path));
        CREATE INDEX file_words ON search.file USING gin (words);
        CREATE TABLE search.message (repository uuid NOT NULL, revision bigint NOT NULL, words tsvector NOT NULL, PRIMARY KEY (repository, revision));
        CREATE INDEX message_words ON search.message USING gin (words);
        """;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(database);

    /// <summary>Throws everything away that is indexed in a database.</summary>
    internal static async Task DropAsync(string database, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await RunAsync(connection, "DROP SCHEMA IF EXISTS search CASCADE", cancellationToken);
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, "SELECT pg_advisory_xact_lock($1)", cancellationToken, PreparationLock);
        if (await IsPresentAsync(connection, cancellationToken))
            return;
        await RunAsync(connection, Tables, cancellationToken);
        await RunAsync(connection, "INSERT INTO search.version VALUES ($1)", cancellationToken, Version);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<IndexState?> ReadStateAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        return await FindStateAsync(connection, repository, cancellationToken);
    }

    public async Task<bool> WriteAsync(RepositoryId repository, IndexStep step, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // One server at a time works on a repository, and the next one finds what this one did.
        await RunAsync(connection, "SELECT pg_advisory_xact_lock($1, hashtext($2))", cancellationToken, (int)(PreparationLock & int.MaxValue), repository.ToString());
        if (await FindStateAsync(connection, repository, cancellationToken) != step.From)
            return false;
        await WriteFilesAsync(connection, repository.Value, step, cancellationToken);
        await WriteMessagesAsync(connection, repository.Value, step, cancellationToken);
        await RunAsync(connection, "DELETE FROM search.state WHERE repository = $1", cancellationToken, repository.Value);
        var to = step.To;
        await RunAsync(
            connection, "INSERT INTO search.state VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", cancellationToken,
            repository.Value, to.Generation, to.Directory, to.Tree, to.Target, (object?)to.After ?? DBNull.Value, to.Messages, to.Steps);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public Task<IReadOnlyList<string>> FindFilesAsync(
        RepositoryId repository, IReadOnlyList<SearchWord> words, string? after, int most, CancellationToken cancellationToken) =>
        FindAsync(
            "SELECT path FROM search.file WHERE repository = $1 AND words @@ $2::tsquery AND path > $3 ORDER BY path LIMIT $4",
            row => row.GetString(0), cancellationToken, repository.Value, Match(repository, words), after ?? "", most);

    public Task<IReadOnlyList<long>> FindMessagesAsync(
        RepositoryId repository, IReadOnlyList<SearchWord> words, long before, int most, CancellationToken cancellationToken) =>
        FindAsync(
            "SELECT revision FROM search.message WHERE repository = $1 AND words @@ $2::tsquery AND revision < $3 ORDER BY revision DESC LIMIT $4",
            row => row.GetInt64(0), cancellationToken, repository.Value, Match(repository, words), before, most);

    public Task<IReadOnlyList<RepositoryId>> ListAsync(CancellationToken cancellationToken) =>
        FindAsync("SELECT repository FROM search.state", row => new RepositoryId(row.GetGuid(0)), cancellationToken);

    public async Task RemoveAsync(RepositoryId repository, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var table in (string[])["search.file", "search.message", "search.state"])
            await RunAsync(connection, $"DELETE FROM {table} WHERE repository = $1", cancellationToken, repository.Value);
        await transaction.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task<bool> IsPresentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var table = Command(connection, "SELECT to_regclass('search.version') IS NOT NULL", []);
        if (await table.ExecuteScalarAsync(cancellationToken) is not true)
            return false;
        await using var version = Command(connection, "SELECT number FROM search.version", []);
        return await version.ExecuteScalarAsync(cancellationToken) is Version;
    }

    private static async Task WriteFilesAsync(NpgsqlConnection connection, Guid repository, IndexStep step, CancellationToken cancellationToken)
    {
        if (step.ForgetsFiles)
            await RunAsync(connection, "DELETE FROM search.file WHERE repository = $1", cancellationToken, repository);
        foreach (var (path, words) in step.Files)
        {
            if (words is null)
            {
                await RunAsync(connection, "DELETE FROM search.file WHERE repository = $1 AND path = $2", cancellationToken, repository, path);
                continue;
            }

            await RunAsync(
                connection,
                "INSERT INTO search.file VALUES ($1, $2, array_to_tsvector($3)) ON CONFLICT (repository, path) DO UPDATE SET words = excluded.words",
                cancellationToken, repository, path, Vector(repository, words));
        }
    }

    private static async Task WriteMessagesAsync(NpgsqlConnection connection, Guid repository, IndexStep step, CancellationToken cancellationToken)
    {
        if (step.ForgetsMessages)
            await RunAsync(connection, "DELETE FROM search.message WHERE repository = $1", cancellationToken, repository);
        foreach (var (revision, words) in step.Messages)
        {
            await RunAsync(
                connection,
                "INSERT INTO search.message VALUES ($1, $2, array_to_tsvector($3)) ON CONFLICT (repository, revision) DO UPDATE SET words = excluded.words",
                cancellationToken, repository, revision, Vector(repository, words));
        }
    }

    private static async Task<IndexState?> FindStateAsync(NpgsqlConnection connection, RepositoryId repository, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, "SELECT generation, directory, tree, target, after, messages, steps FROM search.state WHERE repository = $1", [repository.Value]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new IndexState(
                row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), await row.IsDBNullAsync(4, cancellationToken) ? null : row.GetString(4), row.GetInt64(5),
                row.GetInt64(6))
            : null;
    }

    // No word begins with this sign.
    private static string Mark(Guid repository) => $"={repository:n}";

    private static string[] Vector(Guid repository, IReadOnlyCollection<string> words) => [Mark(repository), .. words];

    // Words are letters and digits, so quotes make them lexemes, whatever they are.
    private static string Match(RepositoryId repository, IReadOnlyList<SearchWord> words) =>
        string.Join(" & ", words.Select(word => $"'{word.Text}'{(word.IsPrefix ? ":*" : "")}").Prepend($"'{Mark(repository.Value)}'"));

    private async Task<IReadOnlyList<T>> FindAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, sql, values);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var list = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
            list.Add(read(rows));
        return list;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant; what comes from outside is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
