using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace RepoPortal.Portal.Repositories.PageCache;

/// <summary>Gives pages about content their entity tags, and spares those who have one already the page.</summary>
internal static class PageTags
{
    // What changes with nothing but the record, the copy and the clock.
    private static readonly string[] Pages = ["tree", "log", "rev", "blame", "compare", "branches", "locks"];

    /// <summary>Stands after authentication, and before what keeps pages for visitors.</summary>
    internal static void UsePageTags(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (RepositoryIn(context.Request) is not { } repository
            || await context.RequestServices.GetRequiredService<TagPage>().ExecuteAsync(context, repository) is not { } tag)
        {
            await next(context);
            return;
        }

        // Weak: the same page is sent compressed and as it is, and its forms carry tokens that differ.
        var entity = new EntityTagHeaderValue($"\"{tag.Text}\"", isWeak: true);
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(entity, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            Describe(context.Response, entity);
            return;
        }

        context.Features.Set(tag);
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status200OK && context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) is true)
                Describe(context.Response, entity);
            return Task.CompletedTask;
        });
        await next(context);
    });

    // Kept by the browser of whoever it was made for, and asked about every time: rights may have ended since.
    private static void Describe(HttpResponse response, EntityTagHeaderValue entity)
    {
        response.Headers.ETag = entity.ToString();
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Remove(HeaderNames.Pragma);
    }

    /// <summary>The name of the repository that a page is about; null for another request.</summary>
    private static string? RepositoryIn(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return null;
        return request.Path.Value?.Split('/', 5) is ["", "r", { Length: > 0 } name, var page, ..] && Array.IndexOf(Pages, page) >= 0 ? name : null;
    }
}
