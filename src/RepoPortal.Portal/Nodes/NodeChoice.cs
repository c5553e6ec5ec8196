namespace RepoPortal.Portal.Nodes;

/// <summary>Decides where a new repository goes.</summary>
internal static class NodeChoice
{
    // Nodes announce themselves once a minute; one that missed three is not trusted with anything new.
    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(3);

    /// <summary>The name of the node with the most free space among those that are up; null when none is.</summary>
    internal static Task<string?> ChooseAsync(IQueryable<Node> nodes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - SeenWithin;
        return nodes
            .Where(node => node.SeenAt > since)
            .OrderByDescending(node => node.FreeBytes).ThenBy(node => node.Name)
            .Select(node => node.Name)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
