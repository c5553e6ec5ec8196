using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.Inventory;

/// <summary>A page of the inventory somebody wants.</summary>
/// <param name="Filter">Which repositories.</param>
/// <param name="Sort">By what they are sorted.</param>
/// <param name="Descending">The largest first.</param>
/// <param name="Limit">The most rows of a page: 1 to 200.</param>
/// <param name="Cursor">Where the page begins or ends, out of an earlier page; null for the first.</param>
public sealed record InventoryRequest(
    InventoryFilter Filter, InventorySort Sort = InventorySort.Name, bool Descending = false, int Limit = 50, string? Cursor = null);

/// <summary>A page of the inventory.</summary>
/// <param name="Rows">The repositories.</param>
/// <param name="Total">How many there are in all that the filter lets through.</param>
/// <param name="Position">How many of them stand before this page.</param>
/// <param name="Previous">The cursor of the page before; null on the first page.</param>
/// <param name="Next">The cursor of the page after; null on the last page.</param>
public sealed record InventoryPage(IReadOnlyList<InventoryRow> Rows, long Total, long Position, string? Previous, string? Next);

/// <summary>Lists every repository there is; for administrators.</summary>
internal sealed class ListInventory(IDbContextFactory<RecordContext> contexts)
{
    internal const int MostRows = 200;

    private const int Few = 500;

    internal async Task<Outcome<InventoryPage>> ExecuteAsync(InventoryRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.IsAdministrator)
            return Refusal.Forbidden("Only an administrator sees the inventory.");
        if (request.Limit is < 1 or > MostRows)
            return Refusal.Invalid("limit", $"A page has 1 to {MostRows} rows.");
        var cursor = request.Cursor is { Length: > 0 } text ? InventoryCursor.Decode(text) : null;
        if (request.Cursor is { Length: > 0 } && (cursor is null || cursor.Sort != request.Sort || cursor.Descending != request.Descending))
            return Refusal.Invalid("cursor", "This cursor does not belong to a page in this order; begin at the first page.");

        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var (matches, total) = await MatchAsync(record, request.Filter, cancellationToken);
        if (!TryBegin(matches, request, cursor, out var rows))
            return Refusal.Invalid("cursor", "This is not a cursor out of a page.");
        var found = await rows.Take(request.Limit + 1).ToListAsync(cancellationToken);
        return await PageAsync(record, request, cursor, found, total, cancellationToken);
    }

    /// <summary>Rows in order from the cursor on, with the owners' names; the way the export walks.</summary>
    internal static async Task<IReadOnlyList<InventoryRow>> WithOwnersAsync(
        RecordContext record, IReadOnlyCollection<Repository> repositories, CancellationToken cancellationToken)
    {
        var ids = repositories.Select(repository => repository.Id).ToArray();
        var own = record.Members
            .Where(member => ids.Contains(member.RepositoryId) && member.Access == AccessLevel.Owner)
            .Select(member => new { member.RepositoryId, member.User.UserName });
        var throughGroups = record.GroupGrants
            .Where(grant => ids.Contains(grant.RepositoryId) && grant.Access == AccessLevel.Owner)
            .SelectMany(grant => grant.Group.Members, (grant, member) => new { grant.RepositoryId, member.User.UserName });
        var owners = await own.Union(throughGroups).ToListAsync(cancellationToken);
        var byRepository = owners.ToLookup(owner => owner.RepositoryId, owner => owner.UserName!);
        return [.. repositories.Select(repository => InventoryRow.Of(repository, byRepository[repository.Id].Order(StringComparer.Ordinal)))];
    }

    /// <summary>
    /// The repositories that the filter lets through, and how many they are. Few are named one by one: to find them along the index of the order, the database
    /// would have to read every row in between.
    /// </summary>
    private static async Task<(IQueryable<Repository> Matches, long Total)> MatchAsync(
        RecordContext record, InventoryFilter filter, CancellationToken cancellationToken)
    {
        var all = record.Repositories.AsNoTracking();
        var matches = filter.Apply(all, record);
        if (filter != InventoryFilter.None)
        {
            var ids = await matches.Select(repository => repository.Id).Take(Few + 1).ToListAsync(cancellationToken);
            if (ids.Count <= Few)
                return (all.Where(repository => ids.Contains(repository.Id)), ids.Count);
        }

        return (matches, await matches.LongCountAsync(cancellationToken));
    }

    private static bool TryBegin(IQueryable<Repository> filtered, InventoryRequest request, InventoryCursor? cursor, out IQueryable<Repository> rows)
    {
        var order = InventoryOrder.Of(request.Sort);
        var descending = request.Descending ^ (cursor?.Backwards ?? false);
        rows = filtered;
        if (cursor is not null
            && !(RepositoryName.TryParse(cursor.Name, out var name, out _) && order.TryStartAfter(ref rows, cursor.Key, name, descending)))
        {
            return false;
        }

        rows = order.Sort(rows, descending);
        return true;
    }

    private static async Task<InventoryPage> PageAsync(
        RecordContext record, InventoryRequest request, InventoryCursor? cursor, List<Repository> found, long total, CancellationToken cancellationToken)
    {
        // One row more than asked for was read: it only tells whether there is a page beyond.
        var isMore = found.Count > request.Limit;
        if (isMore)
            found.RemoveAt(request.Limit);
        var backwards = cursor?.Backwards ?? false;
        if (backwards)
            found.Reverse();
        var position = cursor is null ? 0 : Math.Max(0, backwards ? cursor.Position - found.Count : cursor.Position);
        var order = InventoryOrder.Of(request.Sort);
        string? At(Repository row, bool before, long place) =>
            new InventoryCursor(request.Sort, request.Descending, before, order.KeyOf(row), row.Name.Value, place).Encode();

        var isFirst = cursor is null || (backwards && !isMore);
        var isLast = !backwards && !isMore;
        return new InventoryPage(
            await WithOwnersAsync(record, found, cancellationToken),
            total,
            isFirst ? 0 : position,
            isFirst || found.Count == 0 ? null : At(found[0], before: true, position),
            isLast || found.Count == 0 ? null : At(found[^1], before: false, (isFirst ? 0 : position) + found.Count));
    }
}
