namespace RepoPortal.Portal.Bulk;

/// <summary>What can be done to many repositories at once.</summary>
public enum BulkVerb
{
    /// <summary>Make read-only.</summary>
    Archive,

    /// <summary>Take back into use.</summary>
    Unarchive,

    /// <summary>Put on another tier.</summary>
    ChangeTier,

    /// <summary>Give one more owner.</summary>
    AddOwner,

    /// <summary>Hand over from one owner to another.</summary>
    HandOver,

    /// <summary>Ask the owners whether it is still needed.</summary>
    AskOwners,

    /// <summary>Back up now.</summary>
    BackUp,
}

/// <summary>What is to be done to each repository of a bulk action.</summary>
/// <param name="Verb">What.</param>
/// <param name="Tier">The id of the tier, of a change of tiers.</param>
/// <param name="To">The new owner's user name.</param>
/// <param name="From">The present owner's user name, of a hand-over.</param>
/// <param name="Leave">True to end the present owner's access; otherwise they may still write.</param>
public sealed record BulkWish(BulkVerb Verb, string? Tier = null, string? To = null, string? From = null, bool Leave = false)
{
    /// <summary>What is done, for the head of a page: "Archive".</summary>
    internal string Words => Verb switch
    {
        BulkVerb.Archive => "Archive",
        BulkVerb.Unarchive => "Take back into use",
        BulkVerb.ChangeTier => $"Put on the tier {Tier}",
        BulkVerb.AddOwner => $"Make {To} an owner",
        BulkVerb.HandOver => $"Hand over from {From} to {To}",
        BulkVerb.AskOwners => "Ask the owners whether they are still needed",
        _ => "Back up",
    };

    /// <summary>The same wish without what does not matter for it, and without blanks.</summary>
    internal BulkWish Trimmed() => new(
        Verb,
        Verb == BulkVerb.ChangeTier ? Tier?.Trim() : null,
        Verb is BulkVerb.AddOwner or BulkVerb.HandOver ? To?.Trim() : null,
        Verb == BulkVerb.HandOver ? From?.Trim() : null,
        Verb == BulkVerb.HandOver && Leave);
}
