using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>Whether httpd answers now.</summary>
internal sealed class HttpdHealthCheck(HttpdService httpd, HttpdProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        httpd.ProcessId is not null && await probe.AnswersAsync(httpd.Endpoint, cancellationToken)
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "httpd does not answer; it is being started again");
}
