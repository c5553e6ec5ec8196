using System.Collections.Immutable;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Imports;

/// <summary>Goes on with an import that failed: after what is whole, from the same source or a better one; or without the rest.</summary>
internal sealed class ContinueImport(IDbContextFactory<RecordContext> contexts, ImportSecrets secrets, AccessChanges changes, TimeProvider time)
{
    /// <param name="name">The repository.</param>
    /// <param name="source">Where the rest comes from; empty for where the beginning came from. A password has to be given again.</param>
    /// <param name="authors">User names by authors, from here on; null for those from before.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">The request.</param>
    /// <returns>The task.</returns>
    internal Task<Outcome<Guid>> ExecuteAsync(
        string name, NewSource source, ImmutableDictionary<string, string>? authors, Actor actor, CancellationToken cancellationToken) =>
        BeginAsync(name, source.Password, actor, "continue its import", (record, repository, last) => ChangeAsync(record, repository, last, source, authors, actor, cancellationToken), cancellationToken);

    /// <summary>Serves what is whole, and gives up the rest.</summary>
    internal Task<Outcome<Guid>> KeepAsync(string name, Actor actor, CancellationToken cancellationToken) =>
        BeginAsync(name, password: null, actor, "decide about its import", (_, _, last) => Task.FromResult<Outcome<ImportParameters>>(last with { KeepsWhatIsThere = true }), cancellationToken);

    /// <summary>Whether an import of that name has failed, so that there is something to go on with.</summary>
    internal async Task<bool> IsThereAsync(string name, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return (await record.ReadVisibleAsync(name, Actor.Operator, cancellationToken)).Succeeded(out var repository, out _)
            && repository.State == RepositoryState.Failed && await record.LastImportAsync(repository.Id, cancellationToken) is not null;
    }

    private static async Task<Outcome<ImportParameters>> ChangeAsync(
        RecordContext record, Repository repository, ImportParameters last, NewSource source, ImmutableDictionary<string, string>? authors, Actor actor, CancellationToken cancellationToken)
    {
        var origin = last.Origin;
        if (origin.Directory is not null && !source.IsEmpty && source.Directory is null)
            return Refusal.Conflict("It is adopted from where it lies, and from nowhere else; delete it to import something.");
        if (source.IsEmpty)
            origin = string.IsNullOrEmpty(source.UserName) ? origin : origin with { UserName = source.UserName };
        else if (!(await CheckSource.OriginAsync(record, source, repository.Primary!.NodeName, actor, cancellationToken)).Succeeded(out var from, out var refusal))
            return refusal;
        else
            origin = from.Origin;
        if (authors is not null && await CheckSource.AuthorsAsync(record, authors, cancellationToken) is { } unknown)
            return unknown;
        return new ImportParameters(origin, authors ?? last.Authors);
    }

    private async Task<Outcome<Guid>> BeginAsync(
        string name, string? password, Actor actor, string what, Func<RecordContext, Repository, ImportParameters, Task<Outcome<ImportParameters>>> change, CancellationToken cancellationToken)
    {
        var begun = await contexts.UndisturbedAsync(record => BeginAsync(record, name, password, actor, what, change, cancellationToken), cancellationToken);
        if (!begun.Succeeded(out var started, out var refusal))
            return refusal;
        await changes.PublishAsync(started.Repository);
        return started.Task;
    }

    private async Task<Outcome<Started>> BeginAsync(
        RecordContext record,
        string name,
        string? password,
        Actor actor,
        string what,
        Func<RecordContext, Repository, ImportParameters, Task<Outcome<ImportParameters>>> change,
        CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, what, cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        if (repository.State != RepositoryState.Failed || await record.LastImportAsync(repository.Id, cancellationToken) is not { } last)
            return Refusal.Conflict($"No import of '{repository.Name}' has failed.");
        if (!(await change(record, repository, ImportParameters.Of(last))).Succeeded(out var parameters, out refusal))
            return refusal;
        var now = time.GetUtcNow();
        var task = record.ImportAgain(repository, parameters, actor, now);
        record.Add(AuditEntry.Of(
            now, actor, AuditAction.RepositoryRetried, repository.Name.Value, repository.Id, new { from = parameters.Origin.Words, keepsWhatIsThere = parameters.KeepsWhatIsThere }));
        secrets.Keep(task.Id, password);
        await record.SaveChangesAsync(cancellationToken);
        return new Started(repository.Id, task.Id);
    }

    private sealed record Started(RepositoryId Repository, Guid Task);
}
