namespace RepoPortal.Portal.Inventory;

/// <summary>By what the inventory can be sorted.</summary>
public enum InventorySort
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>By the strength of the promise.</summary>
    Tier,

    /// <summary>By how far they have come.</summary>
    State,

    /// <summary>By size.</summary>
    Size,

    /// <summary>By the last commit; repositories without one by their creation.</summary>
    LastCommit,

    /// <summary>By creation.</summary>
    Created,

    /// <summary>By the number of members.</summary>
    Members,

    /// <summary>By the number of external members.</summary>
    External,
}
