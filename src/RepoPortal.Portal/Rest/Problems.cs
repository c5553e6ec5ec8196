using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Orleans.Runtime;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Rest;

/// <summary>The one place where a refusal, or a failure of HTTP itself, becomes an RFC 9457 problem.</summary>
internal static class Problems
{
    internal const string TooLarge = "The body is larger than 64 kB, or than 4 MB for path rules.";

    /// <summary>A refusal as a result. One about a field also says which, under <c>errors</c>, as ASP.NET Core's own validation does.</summary>
    internal static ProblemHttpResult Of(Refusal refusal)
    {
        var problem = new ProblemDetails { Status = StatusOf(refusal.Kind), Detail = refusal.Sentence };
        if (refusal.Field is { } field)
            problem.Extensions["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [refusal.Sentence] };
        return TypedResults.Problem(problem);
    }

    /// <summary>Writes a problem where no endpoint ran.</summary>
    internal static Task WriteAsync(HttpContext context, int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);

    /// <summary>What nobody caught: a request that cannot be read, a part of the installation that is away, or a bug.</summary>
    internal static (int Status, string Detail) Of(Exception exception) => exception switch
    {
        BadHttpRequestException bad => Of(bad),
        _ when exception.IsDatabaseAway() => (StatusCodes.Status503ServiceUnavailable, "The database does not answer at the moment; try again."),
        OrleansException or TimeoutException => (StatusCodes.Status503ServiceUnavailable, "A part of the server does not answer at the moment; try again."),
        StorageException => (StatusCodes.Status503ServiceUnavailable, exception.Message),
        _ => (StatusCodes.Status500InternalServerError, "Something went wrong here, not with the request; the server's log has the particulars."),
    };

    /// <summary>What the framework refuses before an endpoint runs: too large, not JSON, not the JSON that is expected.</summary>
    private static (int Status, string Detail) Of(BadHttpRequestException exception) => exception switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => (exception.StatusCode, TooLarge),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (exception.StatusCode, "Send the body as JSON, with 'Content-Type: application/json'."),
        { InnerException: JsonException json } => (StatusCodes.Status400BadRequest, Sentence(json)),
        _ => (exception.StatusCode, "The request cannot be read as it is; see the description at /api."),
    };

    /// <summary>The status of an answer that refuses.</summary>
    internal static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Gone => StatusCodes.Status410Gone,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new UnreachableException(),
    };

    private static string Sentence(JsonException json)
    {
        var member = json.Path is { Length: > 2 } path ? $" at '{path[2..]}'" : "";
        return json switch
        {
            SpellingException => $"The value{member} cannot be taken: {json.Message}",
            _ when json.Message.StartsWith("The JSON property", StringComparison.Ordinal) => $"There is an unknown member{member} in the body.",
            _ => $"The body is not the JSON that is expected here{member}.",
        };
    }
}
