using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Bulk;
using RepoPortal.Portal.Exports;
using RepoPortal.Portal.Feeds;
using RepoPortal.Portal.Imports.Uploads;
using RepoPortal.Portal.Inventory;
using RepoPortal.Portal.People.Collaborators;
using RepoPortal.Portal.People.Passkeys;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Repositories.Activity;
using RepoPortal.Portal.Repositories.Content.Download;
using RepoPortal.Portal.Repositories.Content.Find;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Repositories.History;
using RepoPortal.Portal.Repositories.PageCache;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Rest;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Shell;

/// <summary>The pages: what they need, what stands around them, and where they are mapped.</summary>
internal static class ShellSetup
{
    /// <summary>Adds what the pages need beyond the use cases.</summary>
    internal static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "antiforgery";
            options.SuppressXFrameOptionsHeader = true; // the content security policy says it, and says never
        });
        services.AddScoped<StatusMessage>();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = PageCompression.Types;
        });
        services.AddSingleton<IResponseCompressionProvider, PageCompression>();
        services.AddOutputCache(options =>
        {
            options.AddBasePolicy(new VisitorPages());
            options.MaximumBodySize = VisitorPages.LargestPage;
            options.SizeLimit = VisitorPages.MostBytes;
        });
        services.AddScoped<TagPage>();
        return services;
    }

    /// <summary>
    /// Stands before everything else: security headers, and pages for what failed. Answers under <c>/api</c> and <c>/repos</c> keep their own form.
    /// </summary>
    /// <remarks>Not in a branch of the pipeline: a branch has no routing of its own, so nothing could be executed again there.</remarks>
    internal static IApplicationBuilder UsePageErrors(this IApplicationBuilder app)
    {
        app.UseContentSecurity();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            CreateScopeForErrors = true,
            StatusCodeSelector = exception => Problems.Of(exception).Status,
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        return app.Use(async (context, next) =>
        {
            if (!IsPage(context) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            // The page that says what failed is read, whatever form was sent to the one that failed.
            if (context.Request.Path.StartsWithSegments("/error", StringComparison.Ordinal))
                context.Request.Method = HttpMethods.Get;
            await next(context);
            // The pages' endpoint names a content type even where it refuses a form without a word; then there is no content.
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest } && IsPage(context))
                context.Response.ContentType = null;
        });
    }

    /// <summary>Maps the pages, their forms' endpoints and the static files.</summary>
    internal static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets();
        routes.MapTheme();
        routes.MapSignOut();
        routes.MapProviders();
        routes.MapPasskeys();
        routes.MapNameCheck();
        routes.MapPageUploads();
        routes.MapRepositoryState();
        routes.MapPatchDownload();
        routes.MapTaskProgress();
        routes.MapExportDownload();
        routes.MapRaw();
        routes.MapArchive();
        routes.MapPaths();
        routes.MapActivityDownload();
        routes.MapFeeds();
        routes.MapCrawlers();
        routes.MapInventoryDownload();
        routes.MapBulkProgress();
        routes.MapCollaboratorDownload();
        routes.MapAuditDownload();
        routes.MapRazorComponents<App>().WithStaticAssets();
    }

    private static bool IsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/repos", StringComparison.Ordinal);
}
