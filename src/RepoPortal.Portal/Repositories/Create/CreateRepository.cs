using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.Names;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tiers;

namespace RepoPortal.Portal.Repositories.Create;

/// <summary>A repository that somebody wants.</summary>
/// <param name="Name">The name as typed.</param>
/// <param name="Description">What it is for, in one line; may be empty.</param>
/// <param name="Tier">A tier's id.</param>
/// <param name="Visibility">Who may read it without being a member.</param>
/// <param name="Layout">What it begins with.</param>
public sealed record NewRepository(string Name, string? Description, string Tier, Visibility Visibility, RepositoryLayout Layout);

/// <summary>Makes a repository: decides by inserting its row, then lets its grain bring the disk there.</summary>
internal sealed class CreateRepository(
    IDbContextFactory<RecordContext> contexts, CreationRight right, Drivers drivers, PublicAddress address, TimeProvider time)
{
    /// <returns>
    /// The repository as its creator sees it, ready as a rule, otherwise still provisioning or failed; refused when a field cannot be taken, the name is
    /// taken (<see cref="RefusalKind.Conflict"/>), or the actor may not create repositories.
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
        if (await record.Tiers.SingleOrDefaultAsync(candidate => candidate.Id == request.Tier, cancellationToken) is not { } tier)
            return Refusal.Invalid("tier", await RefuseTierAsync(record, request.Tier, cancellationToken));
        var repository = Begin(record, request, name, description, tier, await record.Users.SingleAsync(user => user.Id == creator, cancellationToken), actor);
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Refusal.Conflict(TakenSentence(name), "name");
        }

        // The row is the promise: from here on the repository gets made whether or not the one who asked still listens.
        await drivers.SettleAsync(repository.Id, cancellationToken);
        await record.Entry(repository).ReloadAsync(cancellationToken);
        await record.Entry(repository).Collection(row => row.Copies).LoadAsync(cancellationToken);
        return RepositoryView.Of(repository, actor, address);
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
        repository.RefreshInventoryColumns();
        record.Add(repository);
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.RepositoryCreated, name.Value, repository.Id, new { tier = tier.Id, visibility = Spelling.Of(request.Visibility) }));
        return repository;
    }

    private static async Task<string> RefuseTierAsync(RecordContext record, string? tier, CancellationToken cancellationToken)
    {
        var known = await record.Tiers.OrderBy(candidate => candidate.Order).Select(candidate => candidate.Id).ToListAsync(cancellationToken);
        return $"'{tier}' is not a tier; choose one of {string.Join(", ", known)}.";
    }
}
