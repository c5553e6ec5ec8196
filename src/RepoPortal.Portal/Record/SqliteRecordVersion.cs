using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RepoPortal.Portal.Record;

/// <summary>
/// The embedded database counts the commits of other connections (<c>PRAGMA data_version</c>, sqlite.org/pragma.html), so one connection that writes nothing
/// sees all of them. It is a look at memory that the connections share, and reads no page of the file.
/// </summary>
internal sealed class SqliteRecordVersion(DataDirectory data) : IRecordVersion, IDisposable
{
    private readonly Lock _lock = new();
    private SqliteCommand? _command;

    // Numbers of one connection mean nothing to another.
    private long _connections;

    public ValueTask<string> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            try
            {
                _command ??= Open();
                return ValueTask.FromResult(string.Create(CultureInfo.InvariantCulture, $"{_connections}.{_command.ExecuteScalar()}"));
            }
            catch
            {
                Close();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
            Close();
    }

    private SqliteCommand Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = data.DatabaseFile, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        try
        {
            connection.Open();
            _connections++;
            var command = connection.CreateCommand();
            command.CommandText = "PRAGMA data_version";
            return command;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _command?.Connection?.Dispose();
        _command?.Dispose();
        _command = null;
    }
}
