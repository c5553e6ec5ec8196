using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Repositories.Create;

/// <summary>What every way of making a repository begins with: may they, and is everything said that has to be.</summary>
internal sealed class BeginRepository(CreationRight right, FileTierRequest file, TimeProvider time)
{
    /// <summary>Adds the row to what is saved next, whose unique index decides about the name (<see cref="CreateRepository.TakenSentence"/>).</summary>
    /// <param name="record">The context that is saved next.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="state">The state that it begins with.</param>
    /// <param name="owner">Who is to own it when whoever asks is nobody in particular, who may do everything; null: whoever asks.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">The request.</param>
    internal async Task<Outcome<BegunRepository>> ExecuteAsync(
        RecordContext record, NewRepository request, RepositoryState state, Guid? owner, Actor actor, CancellationToken cancellationToken)
    {
        var isOperator = actor is { UserId: null, IsAdministrator: true };
        if ((isOperator ? owner : actor.UserId) is not { } creator || (!isOperator && !await right.HasAsync(actor, cancellationToken)))
            return Refusal.Forbidden("External collaborators do not create repositories; ask somebody of the house to create it and invite you.");
        if (!RepositoryName.TryParse(request.Name, out var name, out var sentence))
            return Refusal.Invalid("name", sentence);
        var description = (request.Description ?? "").Trim();
        if (PlainText.Refuse(description, "A description", Repository.MaxDescriptionLength) is { } refusal)
            return Refusal.Invalid("description", refusal);

        var tiers = await record.Tiers.OrderBy(candidate => candidate.Order).ToListAsync(cancellationToken);
        if (!FirstTier.Choose(request, tiers, actor).Succeeded(out var tier, out var no))
            return no;
        var user = await record.Users.SingleAsync(row => row.Id == creator, cancellationToken);
        var repository = Begin(record, request with { Name = name.Value, Description = description }, state, tier, user, actor);
        var wanted = tiers.Find(candidate => candidate.Id == request.Tier)!;
        if (wanted.Id != tier.Id)
            await file.ExecuteAsync(record, repository, wanted, request.Reason!.Trim(), actor, cancellationToken);
        return new BegunRepository(repository, wanted.Id == tier.Id ? null : wanted.Id);
    }

    private Repository Begin(
        RecordContext record, NewRepository request, RepositoryState state, Tier tier, User creator, Actor actor)
    {
        var now = time.GetUtcNow();
        var name = RepositoryName.Parse(request.Name);
        var repository = new Repository
        {
            Id = RepositoryId.New(time),
            Name = name,
            Uuid = Guid.NewGuid(),
            Description = request.Description!,
            TierId = tier.Id,
            Tier = tier,
            Visibility = request.Visibility,
            Layout = request.Layout,
            State = state,
            CreatedAt = now,
            Creator = creator.Name,
        };
        repository.Names.Add(NameClaim.Of(repository.Id, name, now));
        repository.Members.Add(new Membership
        {
            RepositoryId = repository.Id,
            UserId = creator.Id,
            User = creator,
            Access = AccessLevel.Owner,
            GrantedAt = now,
            GrantedBy = actor.Label,
        });
        repository.RenewQuota();
        repository.RefreshInventoryColumns();
        record.Add(repository);
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.RepositoryCreated, name.Value, repository.Id, new { tier = tier.Id, visibility = Spelling.Of(request.Visibility) }));
        return repository;
    }
}

/// <summary>A repository that is to be made; its row is not saved yet.</summary>
/// <param name="Repository">The row.</param>
/// <param name="RequestedTier">The id of the tier that an administrator is asked for; null when none is.</param>
internal sealed record BegunRepository(Repository Repository, string? RequestedTier);
