using RepoPortal.Portal.Promises;

namespace RepoPortal.Portal.Inventory;

/// <summary>The inventory's query string; the page and the API read the same one.</summary>
/// <param name="Search">Part of a name, a description or an owner's name.</param>
/// <param name="Tier">A tier's id.</param>
/// <param name="Owner">An owner's user name.</param>
/// <param name="State">How far they have come: <c>provisioning</c>, <c>ready</c>, <c>failed</c>.</param>
/// <param name="Visibility">Who may read them: <c>private</c>, <c>internal</c>, <c>public</c>.</param>
/// <param name="Node">The node that holds them.</param>
/// <param name="Promise">Whether their promise is kept: <c>unknown</c>, <c>kept</c>, <c>at-risk</c>, <c>broken</c>.</param>
/// <param name="Condition">In what condition they are: <c>in-use</c>, <c>archived</c>, <c>no-owner</c>, <c>asked</c>, <c>not-confirmed</c>.</param>
/// <param name="Sort"><c>name</c>, <c>tier</c>, <c>state</c>, <c>size</c>, <c>lastCommit</c>, <c>created</c>, <c>members</c>, <c>external</c>; with a <c>-</c> in front the largest first.</param>
/// <param name="Limit">The most rows of a page: 1 to 200.</param>
/// <param name="Cursor">Where the page begins, out of an earlier one.</param>
public sealed record InventoryQuery(
    string? Search, string? Tier, string? Owner, string? State, string? Visibility, string? Node, string? Promise, string? Condition,
    string? Sort, string? Limit, string? Cursor)
{
    private const int DefaultLimit = 50;

    /// <summary>Parses every value; the refusal names what is allowed.</summary>
    public Outcome<InventoryRequest> ToRequest()
    {
        if (!TryParse<RepositoryState>(State, out var state))
            return Refusal.Invalid("state", Spelling.Refuse<RepositoryState>(State));
        if (!TryParse<Visibility>(Visibility, out var visibility))
            return Refusal.Invalid("visibility", Spelling.Refuse<Visibility>(Visibility));
        if (!TryParse<PromiseState>(Promise, out var promise))
            return Refusal.Invalid("promise", Spelling.Refuse<PromiseState>(Promise));
        if (!TryParse<InventoryCondition>(Condition, out var condition))
            return Refusal.Invalid("condition", Spelling.Refuse<InventoryCondition>(Condition));
        var descending = Sort?.StartsWith('-') ?? false;
        var column = string.IsNullOrEmpty(Sort) ? "name" : Sort[(descending ? 1 : 0)..];
        if (ParseSort(column) is not { } sort)
            return Refusal.Invalid("sort", $"'{column}' is not one of {string.Join(", ", Columns)}.");
        var limit = DefaultLimit;
        if (!string.IsNullOrEmpty(Limit)
            && !int.TryParse(Limit, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out limit))
        {
            return Refusal.Invalid("limit", $"A page has 1 to {ListInventory.MostRows} rows.");
        }

        return new InventoryRequest(new InventoryFilter(Search, Tier, Owner, state, visibility, Node, promise, condition), sort, descending, limit, Cursor);
    }

    /// <summary>How a column is spelled in the query string.</summary>
    public static string Spell(InventorySort sort) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(sort.ToString());

    private static IEnumerable<string> Columns => Enum.GetValues<InventorySort>().Select(Spell);

    private static InventorySort? ParseSort(string column)
    {
        foreach (var sort in Enum.GetValues<InventorySort>())
        {
            if (Spell(sort) == column)
                return sort;
        }

        return null;
    }

    private static bool TryParse<T>(string? text, out T? value)
        where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!Spelling.TryParse<T>(text, out var parsed))
            return false;
        value = parsed;
        return true;
    }
}
