using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RepoPortal.Portal.Rest;

/// <summary>Answers in CSV, for those who ask for it.</summary>
internal static class CsvAnswers
{
    internal const string MediaType = "text/csv";

    internal const string ContentType = $"{MediaType}; charset=utf-8";

    // A cell that begins like a formula would be run by a spreadsheet; the quote makes it text.
    internal static readonly CsvWriterOptions Format = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    /// <summary>Whether what the request prefers is CSV.</summary>
    internal static bool AreWanted(HttpRequest http) =>
        http.GetTypedHeaders().Accept.OrderByDescending(media => media.Quality ?? 1).FirstOrDefault()?.IsSubsetOf(new MediaTypeHeaderValue(MediaType)) ?? false;
}
