using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RepoPortal.Portal.Record;

/// <summary>Whether the record answers.</summary>
internal sealed class RecordHealth(IDbContextFactory<RecordContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("the database does not answer");
    }
}
