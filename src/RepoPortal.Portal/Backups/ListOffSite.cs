using RepoPortal.Portal.Nodes;

namespace RepoPortal.Portal.Backups;

/// <summary>Tells of each node how far its backups are off site.</summary>
internal sealed class ListOffSite(IDbContextFactory<RecordContext> contexts)
{
    /// <param name="name">Only that node; null for all of them.</param>
    /// <param name="cancellationToken">The request.</param>
    internal async Task<IReadOnlyList<Node>> ExecuteAsync(string? name, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        return await record.Nodes.AsNoTracking().Where(node => name == null || node.Name == name).OrderBy(node => node.Name).ToListAsync(cancellationToken);
    }
}
