using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Rest;

namespace RepoPortal.Portal.Feeds;

/// <summary>The feeds: of a repository, and of everything that changes in somebody's repositories. Public repositories need no key.</summary>
internal static class FeedEndpoints
{
    /// <summary>The feed of a person.</summary>
    internal const string Mine = "/feed.atom";

    private const int Length = 30;

    // Of somebody with hundreds of repositories, those that changed last.
    private const int MostRepositories = 30;

    internal static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/r/{name}/feed.atom", OfRepositoryAsync).ExcludeFromDescription();
        routes.MapGet(Mine, OfPersonAsync).ExcludeFromDescription();
    }

    /// <summary>The address of a repository's feed, with a key for whoever is signed in.</summary>
    internal static string AddressOf(RepositoryName name, string? key) => $"/r/{name}/feed.atom{(key is null ? "" : $"?key={key}")}";

    private static async Task<IResult> OfRepositoryAsync(
        string name, string? key, IDbContextFactory<RecordContext> contexts, FeedKeys keys, ListCommits list, PublicAddress address, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var id = RepositoryName.TryParse(name, out var parsed, out _) ? await record.FindIdAsync(parsed, cancellationToken) : null;
        // A key that is not good for it stands for nobody, which may be enough.
        var actor = key is null ? context.User.ToActor() : (id is { } known ? await keys.FindAsync(key, known, cancellationToken) : null) ?? Actor.Anonymous;
        if (!(await list.ExecuteAsync(name, Length, before: null, actor, cancellationToken)).Succeeded(out var page, out var refusal))
            return Problems.Of(refusal);
        var repository = await record.Repositories.Where(row => row.Id == id).Select(row => new { row.Name, row.Uuid }).SingleAsync(cancellationToken);
        var items = page.Commits.Select(commit => new FeedItem(repository.Name, repository.Uuid, commit)).ToList();
        return AtomFeed.Write($"urn:uuid:{repository.Uuid}", $"Commits to {repository.Name}", new Uri($"{address.Root}/r/{repository.Name}"), address.Root, items);
    }

    private static async Task<IResult> OfPersonAsync(
        string? key, FeedKeys keys, ListMyRepositories mine, ListCommits list, IDbContextFactory<RecordContext> contexts, PublicAddress address, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var actor = key is null ? context.User.ToActor() : await keys.FindAsync(key, repository: null, cancellationToken);
        if (actor?.UserId is not { } person)
            return Problems.Of(Refusal.NotFound("There is no such feed, or its key is not good any more; your account's page has the address."));
        var items = new List<FeedItem>();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var repository in (await mine.ExecuteAsync(actor, cancellationToken)).Where(row => row.State == RepositoryState.Ready).Take(MostRepositories))
        {
            if (!(await list.ExecuteAsync(repository.Name.Value, Length, before: null, actor, cancellationToken)).Succeeded(out var page, out _))
                continue;
            var uuid = await record.Repositories.Where(row => row.Name == repository.Name).Select(row => row.Uuid).SingleOrDefaultAsync(cancellationToken);
            items.AddRange(page.Commits.Select(commit => new FeedItem(repository.Name, uuid, commit)));
        }

        return AtomFeed.Write(
            $"urn:uuid:{person}", $"Commits to the repositories of {actor.Name}", new Uri(address.Root), address.Root, [.. items.OrderByDescending(item => item.Commit.At).Take(Length)]);
    }
}
