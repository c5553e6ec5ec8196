using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Exports;

/// <summary>Lists a repository's exports for its owners and administrators, newest first.</summary>
internal sealed class ListExports(IDbContextFactory<RecordContext> contexts)
{
    /// <summary>Those that are kept, or being made.</summary>
    internal async Task<Outcome<IReadOnlyList<Export>>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.ReadManagedAsync(name, actor, "see its exports", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        return await record.Exports.AsNoTracking()
            .Where(export => export.RepositoryId == repository.Id)
            .OrderByDescending(export => export.RequestedAt)
            .ToListAsync(cancellationToken);
    }
}
