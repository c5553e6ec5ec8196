using CsvHelper;

namespace RepoPortal.Portal.Repositories.Content.Rendering;

/// <summary>The beginning of a table in a text file.</summary>
/// <param name="Header">Its first row.</param>
/// <param name="Rows">Those that follow.</param>
/// <param name="IsPartial">Whether there are more rows or columns than these.</param>
internal sealed record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, bool IsPartial)
{
    private const int MostRows = 500;
    private const int MostColumns = 50;
    private const int MostCharacters = 300;
    private const int MostRecordBytes = 64 * 1024;

    internal static bool IsOne(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() is ".csv" or ".tsv";

    /// <summary>Reads it; null when it is no table.</summary>
    /// <param name="text">The text, or its beginning.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    internal static CsvTable? Read(string text, bool isWhole)
    {
        // The separator is found in the first lines; what is not as it should be is read as well as it can be.
        var options = new CsvReaderOptions { HasHeader = false, MaxRecordSize = MostRecordBytes, MalformedData = CsvMalformedDataHandling.Recover };
        try
        {
            using var reader = CsvReader.FromText(text, options);
            var rows = new List<IReadOnlyList<string>>();
            var isPartial = !isWhole;
            while (reader.Read())
            {
                if (rows.Count > MostRows)
                {
                    isPartial = true;
                    break;
                }

                isPartial |= reader.FieldCount > MostColumns;
                rows.Add([.. Enumerable.Range(0, Math.Min(reader.FieldCount, MostColumns)).Select(column => Cut(reader.GetString(column)))]);
            }

            return rows.Count > 0 && rows[0].Count > 1 ? new CsvTable(rows[0], rows[1..], isPartial) : null;
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }

    private static string Cut(string cell) => cell.Length <= MostCharacters ? cell : cell[..MostCharacters] + "…";
}
