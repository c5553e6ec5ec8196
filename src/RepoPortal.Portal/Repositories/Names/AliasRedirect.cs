using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.People.SignIn;

namespace RepoPortal.Portal.Repositories.Names;

/// <summary>Sends whoever opens a page under a name from before to the same page under the present one, for good.</summary>
internal static class AliasRedirect
{
    private const string Pages = "/r";

    /// <summary>Stands after authentication: who may not see the repository does not learn its new name.</summary>
    internal static void UseAliasRedirect(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        // A form that was opened before goes to where it was opened for, and the page then sends the browser on.
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (reads && Split(context.Request.Path) is var (name, below) && await FindAsync(context, name) is { } present)
        {
            context.Response.Headers.CacheControl = "no-cache"; // its owners can let the name go, and another repository may have it then
            context.Response.Redirect($"{Pages}/{present}{below.ToUriComponent()}{context.Request.QueryString}", permanent: true);
            return;
        }

        await next(context);
    });

    /// <summary>The name and what follows it, of a page's path; null for another path.</summary>
    private static (RepositoryName Name, PathString Below)? Split(PathString path)
    {
        if (!path.StartsWithSegments(Pages, StringComparison.Ordinal, out var under) || under.Value is not { Length: > 1 } text)
            return null;
        var slash = text.IndexOf('/', 1);
        var end = slash < 0 ? text.Length : slash;
        return RepositoryName.TryParse(text[1..end], out var name, out _) ? (name, new PathString(text[end..])) : null;
    }

    private static async Task<RepositoryName?> FindAsync(HttpContext context, RepositoryName name)
    {
        var read = context.RequestServices.GetRequiredService<ReadRepository>();
        var found = await read.ExecuteAsync(name.Value, context.User.ToActor(), context.RequestAborted);
        return found.Succeeded(out var repository, out _) && repository.Name != name ? repository.Name : null;
    }
}
