namespace RepoPortal.Portal.Bulk;

/// <summary>What became of a repository in a bulk action. Stored as numbers: members are added at the end.</summary>
public enum BulkState
{
    /// <summary>It is to be done.</summary>
    Waiting,

    /// <summary>The preview said already that it cannot be done.</summary>
    Excluded,

    /// <summary>It is being done, or was when the server ended.</summary>
    Begun,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>It could not be done when its turn came.</summary>
    Failed,
}

/// <summary>One repository of a bulk action: which ones they are is settled by the preview, and what became of each is kept with the task.</summary>
public sealed class BulkItem
{
    /// <summary>The task, which is the bulk action.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Its place: in the order in which they are done and shown.</summary>
    public required int Position { get; init; }

    /// <summary>The repository; no foreign key, because what was done outlives it.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>Its name at the preview.</summary>
    public required RepositoryName Name { get; init; }

    /// <summary>How far it is.</summary>
    public required BulkState State { get; set; }

    /// <summary>What would be done, what was done, or why not: in a sentence.</summary>
    public required string Sentence { get; set; }
}
