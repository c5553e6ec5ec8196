using Microsoft.AspNetCore.Http;

namespace RepoPortal.Portal.Shell;

/// <summary>The status of a page that says by itself why it has nothing to show.</summary>
internal static class PageStatus
{
    /// <summary>Sets it when the page is sent: one that says 404 earlier is replaced by the page for addresses that nothing is at, which knows less.</summary>
    internal static void SetPageStatus(this HttpContext context, int status) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
