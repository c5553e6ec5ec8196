namespace RepoPortal.Svn;

/// <summary>How far a log reaches and what it carries.</summary>
public sealed record SvnLogArgs
{
    /// <summary>The newest revision wanted; null is the revision of the origin. It is never newer than that.</summary>
    public long? Start { get; init; }

    /// <summary>The oldest revision wanted.</summary>
    public long End { get; init; }

    /// <summary>The most entries wanted; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>Whether to stop where the path was copied from elsewhere.</summary>
    public bool StrictNodeHistory { get; init; }

    /// <summary>The most changed paths wanted in each entry; 0 for none at all, which is faster.</summary>
    public int ChangedPathLimit { get; init; }
}
