using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace RepoPortal.Portal.Repositories.PageCache;

/// <summary>
/// Keeps pages about the content of public repositories for those who have not signed in: crowds and search engines, who all get the same. The page's tag is part
/// of the key, so what is handed out is what would be made now.
/// </summary>
internal sealed class VisitorPages : IOutputCachePolicy
{
    /// <summary>The most that one page may take, in bytes.</summary>
    internal const long LargestPage = 2 << 20;

    /// <summary>The most that all of them may take, in bytes.</summary>
    internal const long MostBytes = 64 << 20;

    // A little longer than a tag can live.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var tag = context.HttpContext.Features.Get<PageTag>();
        var isKept = tag is { IsForVisitors: true };
        context.EnableOutputCaching = isKept;
        context.AllowCacheLookup = isKept;
        context.AllowCacheStorage = isKept;
        // Of many who come at once, one makes the page and the others wait for it.
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Kept;
        context.CacheVaryByRules.QueryKeys = "*";
        if (isKept)
            context.CacheVaryByRules.VaryByValues["tag"] = tag!.Text;
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }
}
