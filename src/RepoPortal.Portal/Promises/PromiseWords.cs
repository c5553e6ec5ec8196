namespace RepoPortal.Portal.Promises;

/// <summary>How the state of a promise looks and reads.</summary>
internal static class PromiseWords
{
    /// <summary>What it is called.</summary>
    internal static string Words(this PromiseState state) => state switch
    {
        PromiseState.Kept => "kept",
        PromiseState.AtRisk => "at risk",
        PromiseState.Broken => "broken",
        _ => "not measured yet",
    };

    /// <summary>The kind of its chip; null when there is no evidence.</summary>
    internal static string? Kind(this PromiseState state) => state switch
    {
        PromiseState.Kept => "kept",
        PromiseState.AtRisk => "risk",
        PromiseState.Broken => "broken",
        _ => null,
    };

    /// <summary>Its shape.</summary>
    internal static string Icon(this PromiseState state) => state switch
    {
        PromiseState.Kept => "shield-check",
        PromiseState.AtRisk => "shield-exclamation",
        PromiseState.Broken => "shield-x",
        _ => "shield",
    };
}
