namespace RepoPortal.Portal.Repositories.Activity;

/// <summary>A commit the record knows of; the repository itself stays the authority.</summary>
public sealed class Commit
{
    /// <summary>The repository.</summary>
    public required RepositoryId RepositoryId { get; init; }

    /// <summary>The revision; once per repository.</summary>
    public required long Revision { get; init; }

    /// <summary>The <c>svn:author</c>; null when there is none.</summary>
    public string? Author { get; init; }

    /// <summary>The <c>svn:date</c>; null when there is none.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The start of the <c>svn:log</c>, which may be corrected.</summary>
    public required string Message { get; set; }

    /// <summary>How many paths it changed.</summary>
    public int ChangedPaths { get; init; }

    /// <summary>The deepest directory that holds all of them.</summary>
    public required string CommonPath { get; init; }

    /// <summary>What it added to the store, in bytes.</summary>
    public long SizeBytes { get; init; }
}
