using Microsoft.Extensions.Options;
using Npgsql;

namespace RepoPortal.Portal.Record;

/// <summary>Where the record is kept, parsed from the setting <c>RepoPortal:Database</c>.</summary>
/// <param name="Postgres">How to reach PostgreSQL; null for the embedded database.</param>
internal sealed record RecordLocation(string? Postgres)
{
    /// <summary>The setting's name.</summary>
    internal const string Setting = "RepoPortal:Database";

    /// <summary>Reads the setting.</summary>
    /// <exception cref="OptionsValidationException">It is neither of the two; the message names what is allowed, without repeating what may hold a password.</exception>
    internal static RecordLocation Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || string.Equals(text, "SQLite", StringComparison.OrdinalIgnoreCase))
            return new RecordLocation(Postgres: null);
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(text);
            if (!string.IsNullOrEmpty(connection.Host))
                return new RecordLocation(connection.ConnectionString);
        }
        catch (ArgumentException)
        {
            // Not a connection string, or one with keywords that PostgreSQL does not have; said below.
        }

        throw new OptionsValidationException(
            Setting,
            typeof(RecordLocation),
            [$"{Setting} is neither 'SQLite' (the default) nor a PostgreSQL connection string such as 'Host=localhost;Database=repoportal;Username=repoportal'."]);
    }
}
