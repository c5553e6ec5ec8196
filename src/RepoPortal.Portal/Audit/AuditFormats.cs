using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Audit;

/// <summary>The forms in which the audit can be had.</summary>
internal static class AuditFormats
{
    internal const string Json = "application/json";
    internal const string Csv = CsvAnswers.MediaType;
    internal const string JsonLines = "application/jsonl";

    /// <summary>By the parameter if there is one, otherwise the first of the Accept header that is offered; JSON when it names none.</summary>
    internal static bool TryChoose(string? parameter, HttpRequest request, [NotNullWhen(true)] out string? format)
    {
        format = parameter switch
        {
            null or "" => OfHeader(request),
            "json" => Json,
            "csv" => Csv,
            "jsonl" => JsonLines,
            _ => null,
        };
        return format is not null;
    }

    private static string OfHeader(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(media => media.Quality ?? 1)
            .Select(media => media.MediaType.Value?.ToLowerInvariant() switch
            {
                Csv => Csv,
                // JSON Lines has no registered type; these are the ones in use.
                JsonLines or "application/x-ndjson" or "application/ndjson" or "application/x-jsonlines" or "application/jsonlines" => JsonLines,
                Json => Json,
                _ => null,
            })
            .FirstOrDefault(known => known is not null) ?? Json;
}
