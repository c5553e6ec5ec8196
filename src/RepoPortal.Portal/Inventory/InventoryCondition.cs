namespace RepoPortal.Portal.Inventory;

/// <summary>In what condition a repository is, as far as somebody may have to do something about it.</summary>
public enum InventoryCondition
{
    /// <summary>It can be written to.</summary>
    InUse,

    /// <summary>It is read-only.</summary>
    Archived,

    /// <summary>Administrators were told that nobody owns it.</summary>
    NoOwner,

    /// <summary>Its owners are asked whether it is still needed.</summary>
    Asked,

    /// <summary>They were, and none has answered in all that time.</summary>
    NotConfirmed,
}

/// <summary>How conditions read.</summary>
internal static class InventoryConditionWords
{
    /// <summary>What it is called.</summary>
    internal static string Words(this InventoryCondition condition) => condition switch
    {
        InventoryCondition.InUse => "in use",
        InventoryCondition.Archived => "archived",
        InventoryCondition.NoOwner => "no owner",
        InventoryCondition.Asked => "owners are asked",
        _ => "not confirmed",
    };
}
