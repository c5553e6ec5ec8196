using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.View;

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
    IDbContextFactory<RecordContext> contexts, BeginRepository begin, Drivers drivers, Outbox outbox, PublicAddress address)
{
    /// <returns>
    /// The repository as its creator sees it, ready as a rule, otherwise still provisioning or failed; refused when a field cannot be taken, the name is
    /// taken (<see cref="RefusalKind.Conflict"/>), or the actor may not create repositories. One whose tier an administrator must approve begins with another
    /// tier, and asks for that one.
    /// </returns>
    internal async Task<Outcome<RepositoryView>> ExecuteAsync(NewRepository request, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var begun = await begin.ExecuteAsync(record, request, RepositoryState.Provisioning, owner: null, actor, cancellationToken);
        if (!begun.Succeeded(out var made, out var refusal))
            return refusal;
        var repository = made.Repository;
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Refusal.Conflict(TakenSentence(repository.Name), "name");
        }

        outbox.Wake();
        // The row is the promise: from here on the repository gets made whether or not the one who asked still listens.
        await drivers.SettleAsync(repository.Id, cancellationToken);
        await record.Entry(repository).ReloadAsync(cancellationToken);
        await record.Entry(repository).Collection(row => row.Copies).LoadAsync(cancellationToken);
        return RepositoryView.Of(repository, actor, address) with { RequestedTier = made.RequestedTier };
    }

    internal static string TakenSentence(RepositoryName name) => $"'{name}' is taken; choose another name.";
}
