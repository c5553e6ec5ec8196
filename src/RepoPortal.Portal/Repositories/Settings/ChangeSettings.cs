using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.Repositories.Settings;

/// <summary>New settings; null leaves one as it is.</summary>
/// <param name="Description">What it is for, in one line.</param>
/// <param name="Visibility">Who may read it without being a member.</param>
public sealed record RepositorySettings(string? Description, Visibility? Visibility);

/// <summary>Changes what owners may change about a repository.</summary>
internal sealed class ChangeSettings(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string name, RepositorySettings request, Actor actor, CancellationToken cancellationToken)
    {
        var description = request.Description?.Trim();
        if (description is not null && PlainText.Refuse(description, "A description", Repository.MaxDescriptionLength) is { } sentence)
            return Refusal.Invalid("description", sentence);
        var changed = await contexts.UndisturbedAsync(
            record => ChangeAsync(record, name, request with { Description = description }, actor, cancellationToken), cancellationToken);
        if (!changed.Succeeded(out var repository, out var refusal))
            return refusal;
        await changes.PublishAsync(repository.Id);
        return Done.Instance;
    }

    private async Task<Outcome<Repository>> ChangeAsync(
        RecordContext record, string name, RepositorySettings request, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "change its settings", cancellationToken);
        if (!found.Succeeded(out var repository, out _))
            return found;
        var before = new { repository.Description, Visibility = Spelling.Of(repository.Visibility) };
        repository.Description = request.Description ?? repository.Description;
        repository.Visibility = request.Visibility ?? repository.Visibility;
        var after = new { repository.Description, Visibility = Spelling.Of(repository.Visibility) };
        if (before.Equals(after))
            return repository;
        repository.AccessVersion++;
        repository.RefreshInventoryColumns();
        record.Add(AuditEntry.Of(
            time.GetUtcNow(), actor, AuditAction.RepositoryChanged, repository.Name.Value, repository.Id, new { before, after }));
        await record.SaveChangesAsync(cancellationToken);
        return repository;
    }
}
