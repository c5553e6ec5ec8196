using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Contracts.Content;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories.Content.Download;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Repositories.Content.Find;

/// <summary>The paths of files for the file finder's script: all of them while they are few enough, otherwise the best matches of a query.</summary>
internal static class PathsEndpoint
{
    internal static void MapPaths(this IEndpointRouteBuilder routes) => routes.MapGet("/r/{name}/paths", ReadAsync).ReadableByToken().ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(string name, string? @in, string? rev, string? q, FindFiles find, HttpContext context)
    {
        if (!RevisionChoice.TryParse(rev, out var choice))
            return TypedResults.NotFound();
        var actor = context.User.ToActor();
        var most = string.IsNullOrWhiteSpace(q) ? FindFiles.MostPaths : FindFiles.MostListed;
        var asked = await find.ExecuteAsync(name, new PathSearch(@in, choice.Revision, choice.At, q ?? "", most), actor, context.RequestAborted);
        if (!asked.Succeeded(out var found, out var refusal))
            return refusal.Kind == RefusalKind.NotFound ? TypedResults.NotFound() : Problems.Of(refusal);
        // What time ran out for may be whole the next time.
        context.Response.Headers.CacheControl = found.IsWhole ? RawEndpoint.Caching(choice, isPublic: actor.UserId is null) : "no-store";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        return TypedResults.Json(new PathList(found.Revision, found.Directory, [.. found.Paths.Select(match => match.Path)], found.Matching, found.LookedAt, found.IsWhole));
    }

    /// <param name="Revision">The revision they are of.</param>
    /// <param name="Directory">The directory that they are below.</param>
    /// <param name="Paths">The paths, relative to that.</param>
    /// <param name="Matching">How many match; there may be more than are listed.</param>
    /// <param name="LookedAt">How many files were looked at.</param>
    /// <param name="IsWhole">Whether those are all.</param>
    private sealed record PathList(long Revision, string Directory, ImmutableArray<string> Paths, int Matching, int LookedAt, bool IsWhole);
}
