using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.Portal.Nodes;

/// <summary>Writes down what storage nodes say of themselves.</summary>
internal sealed class NodeRegistryGrain(IDbContextFactory<RecordContext> contexts, TimeProvider time) : Grain, INodeRegistry
{
    public Task Announce(NodeAnnouncement announcement) =>
        contexts.UndisturbedAsync(record => WriteAsync(record, announcement), CancellationToken.None);

    private async Task<Node> WriteAsync(RecordContext record, NodeAnnouncement announcement)
    {
        var node = await record.Nodes.SingleOrDefaultAsync(candidate => candidate.Name == announcement.Name);
        if (node is null)
        {
            node = new Node
            {
                Name = announcement.Name,
                Host = announcement.Host,
                FreeBytes = announcement.FreeBytes,
                TotalBytes = announcement.TotalBytes,
                StartedAt = announcement.StartedAt,
                SeenAt = time.GetUtcNow(),
            };
            record.Add(node);
        }

        (node.Host, node.FreeBytes, node.TotalBytes) = (announcement.Host, announcement.FreeBytes, announcement.TotalBytes);
        (node.StartedAt, node.SeenAt) = (announcement.StartedAt, time.GetUtcNow());
        await record.SaveChangesAsync();
        return node;
    }
}
