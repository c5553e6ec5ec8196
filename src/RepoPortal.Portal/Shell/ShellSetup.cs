using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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
        return services;
    }

    /// <summary>
    /// Stands before routing and authentication: security headers, and pages for what failed. Answers under <c>/api</c> and <c>/repos</c> keep their own form.
    /// </summary>
    internal static IApplicationBuilder UsePageErrors(this IApplicationBuilder app)
    {
        app.UseContentSecurity();
        app.UseWhen(IsPage, pages =>
        {
            pages.UseExceptionHandler("/error/500", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        });
        return app;
    }

    /// <summary>Maps the pages, their forms' endpoints and the static files.</summary>
    internal static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets();
        routes.MapTheme();
        routes.MapRazorComponents<App>().WithStaticAssets();
    }

    private static bool IsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/repos", StringComparison.Ordinal);
}
