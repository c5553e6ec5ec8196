using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tiers;
using RepoPortal.Portal.Tiers.Requests;

namespace RepoPortal.Portal.Repositories.Create;

/// <summary>A repository that somebody wants.</summary>
/// <param name="Name">The name as typed.</param>
/// <param name="Description">What it is for, in one line; may be empty.</param>
/// <param name="Tier">A tier's id.</param>
/// <param name="Visibility">Who may read it without being a member.</param>
/// <param name="Layout">What it begins with.</param>
/// <param name="Reason">Why that tier; needed when an administrator must approve it.</param>
/// <param name="Meanwhile">The tier until that is decided; null for the strongest that its creator may have without asking.</param>
public sealed record NewRepository(
    string Name, string? Description, string Tier, Visibility Visibility, RepositoryLayout Layout, string? Reason = null, string? Meanwhile = null);

/// <summary>Makes a repository: decides by inserting its row, then lets its grain bring the disk there.</summary>
internal sealed class CreateRepository(
    IDbContextFactory<RecordContext> contexts, CreationRight right, RequestTier requests, Drivers drivers, Outbox outbox, PublicAddress address, TimeProvider time)
{
    /// <returns>
    /// The repository as its creator sees it, ready as a rule, otherwise still provisioning or failed; refused when a field cannot be taken, the name is
    /// taken (<see cref="RefusalKind.Conflict"/>), or the actor may not create repositories. One whose tier an administrator must approve begins with another
    /// tier, and asks for that one.
    /// </returns>
    internal async Task<Outcome<RepositoryView>> ExecuteAsync(NewRepository request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.UserId is not { } creator || !await right.HasAsync(actor, cancellationToken))
            return Refusal.Forbidden("External collaborators do not create repositories; ask somebody of the house to create it and invite you.");
        if (!RepositoryName.TryParse(request.Name, out var name, out var sentence))
            return Refusal.Invalid("name", sentence);
        var description = (request.Description ?? "").Trim();
        if (PlainText.Refuse(description, "A description", Repository.MaxDescriptionLength) is { } refusal)
            return Refusal.Invalid("description", refusal);

        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var tiers = await record.Tiers.OrderBy(candidate => candidate.Order).ToListAsync(cancellationToken);
        if (!FirstTier.Choose(request, tiers, actor).Succeeded(out var tier, out var no))
            return no;
        var repository = Begin(record, request, name, description, tier, await record.Users.SingleAsync(user => user.Id == creator, cancellationToken), actor);
        var wanted = tiers.Find(candidate => candidate.Id == request.Tier)!;
        if (wanted.Id != tier.Id)
            await requests.FileAsync(record, repository, wanted, request.Reason!.Trim(), actor, cancellationToken);
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Refusal.Conflict(TakenSentence(name), "name");
        }

        outbox.Wake();
        // The row is the promise: from here on the repository gets made whether or not the one who asked still listens.
        await drivers.SettleAsync(repository.Id, cancellationToken);
        await record.Entry(repository).ReloadAsync(cancellationToken);
        await record.Entry(repository).Collection(row => row.Copies).LoadAsync(cancellationToken);
        return RepositoryView.Of(repository, actor, address) with { RequestedTier = wanted.Id == tier.Id ? null : wanted.Id };
    }

    internal static string TakenSentence(RepositoryName name) => $"'{name}' is taken; choose another name.";

    private Repository Begin(
        RecordContext record, NewRepository request, RepositoryName name, string description, Tier tier, User creator, Actor actor)
    {
        var now = time.GetUtcNow();
        var repository = new Repository
        {
            Id = RepositoryId.New(time),
            Name = name,
            Uuid = Guid.NewGuid(),
            Description = description,
            TierId = tier.Id,
            Tier = tier,
            Visibility = request.Visibility,
            Layout = request.Layout,
            State = RepositoryState.Provisioning,
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
