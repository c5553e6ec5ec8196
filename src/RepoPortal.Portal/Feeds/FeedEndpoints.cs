using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Feeds;

/// <summary>The feeds: of a repository, of a path in it, and of everything that changes in somebody's repositories.</summary>
internal static class FeedEndpoints
{
    /// <summary>The feed of a person.</summary>
    internal const string Mine = "/feed.atom";

    internal static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/r/{name}/feed.atom", OfRepositoryAsync).ReadableByToken().ExcludeFromDescription();
        routes.MapGet(Mine, OfPersonAsync).ReadableByToken().ExcludeFromDescription();
    }

    /// <summary>The address of a repository's feed, or of a path's.</summary>
    /// <param name="name">The repository's name.</param>
    /// <param name="path">The path; null or the root for everything.</param>
    /// <param name="key">A key for whoever is signed in; null for nobody in particular.</param>
    internal static string AddressOf(RepositoryName name, string? path, string? key) =>
        LocalAddress.Of($"/r/{name}/feed.atom", ("path", path == "/" ? null : path), ("key", key));

    private static async Task<IResult> OfRepositoryAsync(string name, string? path, string? key, ReadRepositoryFeed read, PublicAddress address, HttpContext context) =>
        Answer(await read.ExecuteAsync(name, path, key, context.User.ToActor(), context.RequestAborted), address, context.Request);

    private static async Task<IResult> OfPersonAsync(string? key, ReadPersonFeed read, PublicAddress address, HttpContext context) =>
        Answer(await read.ExecuteAsync(key, context.User.ToActor(), context.RequestAborted), address, context.Request);

    private static IResult Answer(Outcome<Feed> read, PublicAddress address, HttpRequest request) =>
        read.Succeeded(out var feed, out var refusal) ? AtomFeed.Write(feed, address.Root, $"{request.Path}{request.QueryString}") : Problems.Of(refusal);
}
