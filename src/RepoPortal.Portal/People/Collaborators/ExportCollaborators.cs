using System.Globalization;
using CsvHelper;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.People.Collaborators;

/// <summary>Writes collaborators as CSV.</summary>
internal static class ExportCollaborators
{
    /// <param name="collaborators">Who.</param>
    /// <param name="output">Where the CSV goes, as UTF-8; left open.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal static async Task WriteAsync(IEnumerable<CollaboratorView> collaborators, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, CsvAnswers.Format, leaveOpen: true);
        csv.WriteHeader<CollaboratorLine>();
        await csv.WriteRecordsAsync(collaborators.Select(CollaboratorLine.Of), cancellationToken);
    }
}

/// <summary>A line of the CSV; the order of the properties is the order of the columns, their names are the headings.</summary>
[CsvRecord]
internal sealed partial record CollaboratorLine(
    [property: CsvColumn("user")] string User,
    [property: CsvColumn("displayName")] string DisplayName,
    [property: CsvColumn("email")] string Email,
    [property: CsvColumn("affiliation")] string Affiliation,
    [property: CsvColumn("sponsor")] string Sponsor,
    [property: CsvColumn("active")] string Active,
    [property: CsvColumn("endsAt")] string EndsAt,
    [property: CsvColumn("lastSeenAt")] string LastSeenAt,
    [property: CsvColumn("repositories")] string Repositories)
{
    internal static CollaboratorLine Of(CollaboratorView view) => new(
        view.Person.Name.Value,
        view.Person.DisplayName,
        view.Person.Email,
        view.Affiliation,
        view.Sponsor?.Value ?? "",
        view.IsActive ? "yes" : "no",
        Time(view.EndsAt),
        Time(view.LastSeenAt),
        string.Join(' ', view.Reaches.Select(reach => $"{reach.Repository}:{Spelling.Of(reach.Access)}")));

    private static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
