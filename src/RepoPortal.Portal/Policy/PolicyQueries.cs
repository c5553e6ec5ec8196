namespace RepoPortal.Portal.Policy;

/// <summary>Reads the one row.</summary>
internal static class PolicyQueries
{
    /// <summary>What administrators decided.</summary>
    internal static Task<SitePolicy> PolicyAsync(this RecordContext record, CancellationToken cancellationToken) =>
        record.Policies.AsNoTracking().SingleAsync(policy => policy.Id == SitePolicy.OnlyId, cancellationToken);
}
