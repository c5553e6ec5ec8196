using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>The figures behind the activity page as CSV: by week (which the page draws), by author, or by directory.</summary>
internal static class ActivityDownload
{
    internal static void MapActivityDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/r/{name}/activity.csv", ReadAsync).ReadableByToken().ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(
        string name, string? by, string? period, FindActivity find, TimeProvider time, HttpContext context)
    {
        var since = ActivityPeriod.Of(period).Since(time.GetUtcNow());
        var found = await find.ExecuteAsync(name, since, context.User.ToActor(), context.RequestAborted);
        if (!found.Succeeded(out var activity, out var refusal))
            return Problems.Of(refusal);
        return by switch
        {
            null or "week" => Csv(activity.Weeks.Select(week => new WeekLine(week.Begin.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), week.Commits, week.AddedBytes, week.SizeBytes)), $"{name}-weeks.csv"),
            "author" => Csv(activity.Authors.Select(ShareLine.Of), $"{name}-authors.csv"),
            "directory" => Csv(activity.Directories.Select(ShareLine.Of), $"{name}-directories.csv"),
            _ => Problems.Of(Refusal.Invalid("by", "Say 'week', 'author' or 'directory'.")),
        };
    }

    private static IResult Csv<T>(IEnumerable<T> lines, string file) => Results.Stream(
        async output =>
        {
            await using var csv = CsvWriter.Create(output, CsvAnswers.Format, leaveOpen: true);
            csv.WriteHeader<T>();
            await csv.WriteRecordsAsync(lines, CancellationToken.None);
        },
        CsvAnswers.ContentType,
        file);
}

/// <summary>A week in CSV.</summary>
[CsvRecord]
internal sealed partial record WeekLine(string Week, long Commits, long AddedBytes, long SizeBytes);

/// <summary>An author's or a directory's share in CSV.</summary>
[CsvRecord]
internal sealed partial record ShareLine(string Name, long Commits, DateTimeOffset? LastAt)
{
    internal static ShareLine Of(ActivityShare share) => new(share.Name, share.Commits, share.LastAt);
}
