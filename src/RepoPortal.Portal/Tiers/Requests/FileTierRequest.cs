using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Tiers.Requests;

/// <summary>Asks the administrators for a tier that one of them has to approve.</summary>
internal sealed class FileTierRequest(Outbox outbox, TierRequestMail mail, TimeProvider time)
{
    /// <summary>Writes the request down, with a mail to every administrator, in what <paramref name="record"/> saves next.</summary>
    internal async Task<TierRequest> ExecuteAsync(
        RecordContext record, Repository repository, Tier tier, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var request = New(repository, tier, reason, actor, now, TierRequestState.Open);
        record.Add(request);
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.TierRequested, repository.Name.Value, repository.Id, new { from = repository.TierId, to = tier.Id, reason }));
        foreach (var administrator in await TierQueries.AdministratorsAsync(record, now, cancellationToken))
            outbox.Add(record, mail.AskAdministrator(administrator.Email!, repository, repository.Tier, tier, request));
        return request;
    }

    /// <summary>A request as it begins.</summary>
    internal static TierRequest New(Repository repository, Tier tier, string reason, Actor actor, DateTimeOffset now, TierRequestState state) => new()
    {
        Id = Guid.CreateVersion7(now),
        RepositoryId = repository.Id,
        FromTier = repository.TierId,
        ToTier = tier.Id,
        Reason = reason,
        AskedById = actor.UserId,
        AskedBy = actor.Label,
        AskedAt = now,
        State = state,
    };
}
