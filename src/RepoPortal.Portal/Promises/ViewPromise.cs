using Microsoft.Extensions.Options;
using RepoPortal.Contracts.Backups;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Promises;

/// <summary>Shows a repository's promise, as it stands at this moment, to everybody who may see the repository.</summary>
internal sealed class ViewPromise(IDbContextFactory<RecordContext> contexts, IOptions<BackupOptions> options, TimeProvider time)
{
    /// <summary>The promise of the repository of that name.</summary>
    internal async Task<Outcome<PromiseView>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadVisibleAsync(name, actor, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        return Judge(repository, await PromiseEvidence.ReadAsync(record, repository.Id, cancellationToken), actor, options.Value, time.GetUtcNow());
    }

    /// <summary>Judges the evidence; the tier must have been read with the repository.</summary>
    internal static PromiseView Judge(Repository repository, PromiseEvidence evidence, Actor actor, BackupOptions options, DateTimeOffset now)
    {
        var (protection, recordBackup) = evidence;
        var findings = AssessPromise.Run(repository.Tier, protection, recordBackup, options.RecordInterval, repository.SizeBytes, now);
        if (!Standing.Of(repository, actor).MayManage)
            findings = [.. findings.Select(finding => finding.WithoutReason())];
        var worst = AssessPromise.Worst(findings);
        var exposure = protection is null ? (TimeSpan?)null : AssessPromise.Exposure(protection, now);
        return new PromiseView(repository.Tier, worst.State, worst.Sentence, findings, exposure, protection);
    }
}
