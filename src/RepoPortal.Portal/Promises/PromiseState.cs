namespace RepoPortal.Portal.Promises;

/// <summary>Whether a promise is kept. Stored as numbers: members are added at the end.</summary>
public enum PromiseState
{
    /// <summary>There is no evidence yet.</summary>
    Unknown,

    /// <summary>There is evidence that it is.</summary>
    Kept,

    /// <summary>It is, but something is not as it should be.</summary>
    AtRisk,

    /// <summary>It is not.</summary>
    Broken,
}
