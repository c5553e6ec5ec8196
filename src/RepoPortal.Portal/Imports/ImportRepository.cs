using System.Collections.Immutable;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Create;
using RepoPortal.Portal.Tasks;

namespace RepoPortal.Portal.Imports;

/// <summary>Makes a repository with the history of another one. It is closed until that is loaded.</summary>
internal sealed class ImportRepository(
    IDbContextFactory<RecordContext> contexts, BeginRepository begin, ImportSecrets secrets, Outbox outbox, TimeProvider time)
{
    /// <param name="request">The repository that is wanted; its layout is the source's.</param>
    /// <param name="source">Where its history comes from.</param>
    /// <param name="authors">User names by authors.</param>
    /// <param name="owner">Who is to own it, when an operator asks: a user's name; null for the first administrator.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">The request.</param>
    /// <returns>The task that loads it.</returns>
    internal async Task<Outcome<Guid>> ExecuteAsync(
        NewRepository request, NewSource source, ImmutableDictionary<string, string> authors, string? owner, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (!(await OwnerAsync(record, owner, actor, cancellationToken)).Succeeded(out var creator, out var refusal))
            return refusal;
        var begun = await begin.ExecuteAsync(record, request with { Layout = RepositoryLayout.Empty }, RepositoryState.Importing, creator, actor, cancellationToken);
        if (!begun.Succeeded(out var made, out refusal))
            return refusal;
        if (!(await CheckSource.OriginAsync(record, source, node: null, actor, cancellationToken)).Succeeded(out var from, out refusal))
            return refusal;
        if (await CheckSource.AuthorsAsync(record, authors, cancellationToken) is { } unknown)
            return unknown;
        var now = time.GetUtcNow();
        if ((from.Node ?? await NodeChoice.ChooseAsync(record.Nodes, now, cancellationToken)) is not { } node)
            return Refusal.Conflict("No storage node is up at the moment; try again in a minute.");

        var repository = made.Repository;
        Place(repository, node, now);
        var task = TaskKeys.NewTask(TaskKind.Import, repository.Id, actor, now, new ImportParameters(from.Origin, authors).ToJson());
        record.Add(task);
        record.Add(AuditEntry.Of(now, actor, AuditAction.RepositoryImported, repository.Name.Value, repository.Id, new { from = from.Origin.Words, authors = authors.Count }));
        secrets.Keep(task.Id, source.Password);
        try
        {
            await record.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            secrets.Forget(task.Id);
            return Refusal.Conflict(CreateRepository.TakenSentence(repository.Name), "name");
        }

        outbox.Wake();
        return task.Id;
    }

    private static async Task<Outcome<Guid>> OwnerAsync(RecordContext record, string? owner, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.UserId is { } self)
            return self;
        var users = record.Users.AsNoTracking().Where(user => user.Status == UserStatus.Active && user.Kind != UserKind.Service);
        var found = owner is null
            ? await users.Where(user => user.IsAdministrator).OrderBy(user => user.CreatedAt).FirstOrDefaultAsync(cancellationToken)
            : await users.SingleOrDefaultAsync(user => user.UserName == owner, cancellationToken);
        return found is not null
            ? found.Id
            : Refusal.Invalid("owner", owner is null ? "There is no administrator to own it; name somebody with --owner." : $"There is no user '{owner}' who is let in.");
    }

    private static void Place(Repository repository, string node, DateTimeOffset now)
    {
        repository.Copies.Add(new Copy
        {
            Id = Guid.CreateVersion7(now),
            RepositoryId = repository.Id,
            NodeName = node,
            Generation = 1,
            Role = CopyRole.Primary,
            Epoch = 1,
        });
        // No route is handed out, and the access file is written with the content.
        repository.AccessVersion = 1;
        repository.RefreshInventoryColumns();
    }
}
