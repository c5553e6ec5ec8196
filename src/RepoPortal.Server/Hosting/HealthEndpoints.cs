using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RepoPortal.Server.Hosting;

/// <summary><c>/healthz</c> says that the process answers; <c>/readyz</c> says of each part whether it is ready, for load balancers and people.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    // The exception behind an unhealthy part is for the log, not for whoever asks.
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Ready = report.Status == HealthStatus.Healthy,
            Parts = report.Entries.ToDictionary(
                part => part.Key,
                part => new { Ready = part.Value.Status == HealthStatus.Healthy, part.Value.Description },
                StringComparer.Ordinal),
        },
        context.RequestAborted);
}
