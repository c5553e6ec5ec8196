using System.Globalization;
using CsvHelper;

namespace RepoPortal.Portal.Inventory;

/// <summary>A line of the CSV export; the order of the properties is the order of the columns, their names are the headings.</summary>
[CsvRecord]
internal sealed partial record InventoryLine(
    [property: CsvColumn("name")] string Name,
    [property: CsvColumn("description")] string Description,
    [property: CsvColumn("owners")] string Owners,
    [property: CsvColumn("tier")] string Tier,
    [property: CsvColumn("visibility")] string Visibility,
    [property: CsvColumn("state")] string State,
    [property: CsvColumn("node")] string Node,
    [property: CsvColumn("youngest")] long Youngest,
    [property: CsvColumn("sizeBytes")] long SizeBytes,
    [property: CsvColumn("createdAt")] string CreatedAt,
    [property: CsvColumn("lastCommitAt")] string LastCommitAt,
    [property: CsvColumn("lastCommitAuthor")] string LastCommitAuthor,
    [property: CsvColumn("members")] int Members,
    [property: CsvColumn("externalMembers")] int ExternalMembers)
{
    internal static InventoryLine Of(InventoryRow row) => new(
        row.Name.Value,
        row.Description,
        string.Join(' ', row.Owners),
        row.Tier,
        Spelling.Of(row.Visibility),
        Spelling.Of(row.State),
        row.Node ?? "",
        row.Youngest,
        row.SizeBytes,
        Time(row.CreatedAt),
        row.LastCommitAt is { } at ? Time(at) : "",
        row.LastCommitAuthor ?? "",
        row.Members,
        row.ExternalMembers);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
