using RepoPortal.Portal.Shell;

namespace RepoPortal.Portal.Inventory;

/// <summary>The address of the inventory in one state, from which the addresses of its neighbours are made.</summary>
/// <param name="Query">Everything that stands in the address.</param>
public sealed record InventoryAddress(InventoryQuery Query)
{
    /// <summary>Where the page is.</summary>
    public const string Page = "/admin";

    /// <summary>Where the same repositories are as CSV.</summary>
    public const string Csv = "/admin/repositories.csv";

    /// <summary>Another page in the same order.</summary>
    public string At(string? cursor) => Of(Query with { Cursor = cursor });

    /// <summary>The first page of another filter.</summary>
    public string With(Func<InventoryQuery, InventoryQuery> change) => Of(change(Query) with { Cursor = null });

    /// <summary>The first page sorted by a column; by the same column again, the other way round.</summary>
    public string SortedBy(InventorySort sort, bool largestFirst)
    {
        var spelled = InventoryQuery.Spell(sort);
        var (first, second) = largestFirst ? ("-" + spelled, spelled) : (spelled, "-" + spelled);
        return With(query => query with { Sort = (query.Sort ?? "name") == first ? second : first });
    }

    /// <summary>All of what is shown, as CSV.</summary>
    public string Download => Of(Query with { Cursor = null }, Csv);

    private static string Of(InventoryQuery query, string path = Page) => LocalAddress.Of(
        path,
        ("search", query.Search),
        ("tier", query.Tier),
        ("owner", query.Owner),
        ("state", query.State),
        ("visibility", query.Visibility),
        ("node", query.Node),
        ("promise", query.Promise),
        ("condition", query.Condition),
        ("sort", query.Sort),
        ("cursor", query.Cursor));
}
