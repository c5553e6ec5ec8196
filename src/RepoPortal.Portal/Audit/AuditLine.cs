using System.Globalization;
using CsvHelper;

namespace RepoPortal.Portal.Audit;

/// <summary>A line of the CSV export; the order of the properties is the order of the columns, their names are the headings.</summary>
[CsvRecord]
internal sealed partial record AuditLine(
    [property: CsvColumn("id")] long Id,
    [property: CsvColumn("at")] string At,
    [property: CsvColumn("actor")] string Actor,
    [property: CsvColumn("action")] string Action,
    [property: CsvColumn("subject")] string Subject,
    [property: CsvColumn("repository")] string Repository,
    [property: CsvColumn("detail")] string Detail,
    [property: CsvColumn("effectiveAt")] string EffectiveAt,
    [property: CsvColumn("hash")] string Hash)
{
    internal static AuditLine Of(AuditRow row) => new(
        row.Entry.Id,
        Time(row.Entry.At),
        row.Entry.ActorName,
        row.Entry.Action,
        row.Entry.Subject,
        row.Repository?.Value ?? "",
        row.Entry.Detail,
        row.EffectiveAt is { } at ? Time(at) : "",
        Convert.ToHexStringLower(row.Entry.Hash));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
