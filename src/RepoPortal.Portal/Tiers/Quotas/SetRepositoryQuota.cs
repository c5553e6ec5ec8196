using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Driver;

namespace RepoPortal.Portal.Tiers.Quotas;

/// <summary>How much a repository holds, and may hold.</summary>
/// <param name="UsedBytes">What is stored for it.</param>
/// <param name="QuotaBytes">How much may be; null for no limit.</param>
/// <param name="IsOwn">Whether that is its own and not its tier's.</param>
/// <param name="IsPending">Whether its node has yet to be told.</param>
public sealed record QuotaView(long UsedBytes, long? QuotaBytes, bool IsOwn, bool IsPending)
{
    internal static QuotaView Of(Repository repository) =>
        new(repository.SizeBytes, repository.EffectiveQuota, repository.HasOwnQuota, repository.QuotaPending);
}

/// <summary>Shows a repository's quota, and gives it one of its own or takes that away; the latter for administrators.</summary>
internal sealed class SetRepositoryQuota(IDbContextFactory<RecordContext> contexts, Drivers drivers, TimeProvider time)
{
    private const long Smallest = 1L << 20;
    private const long Largest = 1L << 50;

    /// <summary>For owners and administrators.</summary>
    internal async Task<Outcome<QuotaView>> ViewAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see its quota", cancellationToken);
        return found.Succeeded(out var repository, out var refusal) ? QuotaView.Of(repository) : refusal;
    }

    /// <param name="name">The repository's name.</param>
    /// <param name="isOwn">False to go by the tier's quota again.</param>
    /// <param name="bytes">Its own quota; null for no limit.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Outcome<QuotaView>> ExecuteAsync(string name, bool isOwn, long? bytes, Actor actor, CancellationToken cancellationToken)
    {
        if (isOwn && bytes is < Smallest or > Largest)
            return Refusal.Invalid("quotaBytes", $"A quota is between {ByteWords.Of(Smallest)} and {ByteWords.Of(Largest)}.");
        var set = await contexts.UndisturbedAsync(record => SetAsync(record, name, isOwn, isOwn ? bytes : null, actor, cancellationToken), cancellationToken);
        if (!set.Succeeded(out var repository, out var refusal))
            return refusal;
        await drivers.SettleAsync(repository.Id, cancellationToken);
        return await ViewAsync(name, actor, cancellationToken);
    }

    private async Task<Outcome<Repository>> SetAsync(
        RecordContext record, string name, bool isOwn, long? bytes, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "see its quota", cancellationToken);
        if (!found.Succeeded(out var repository, out _))
            return found;
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator gives a repository a quota of its own.");
        if (repository.HasOwnQuota == isOwn && repository.OwnQuotaBytes == bytes)
            return repository;
        var before = Written(repository);
        (repository.HasOwnQuota, repository.OwnQuotaBytes) = (isOwn, bytes);
        repository.RenewQuota();
        record.Add(AuditEntry.Of(
            time.GetUtcNow(), actor, AuditAction.RepositoryQuotaSet, repository.Name.Value, repository.Id, new { before, after = Written(repository) }));
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }

    private static object Written(Repository repository) =>
        new { quota = TierWords.Quota(repository.EffectiveQuota), of = repository.HasOwnQuota ? "its own" : "its tier" };
}
