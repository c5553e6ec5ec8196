using RepoPortal.Contracts.People;

namespace RepoPortal.Contracts.StorageNodes;

/// <summary>A repository's access file (authz).</summary>
/// <param name="Version">The repository's access version it was rendered for.</param>
/// <param name="Text">The file, without the line that a node puts before it to remember the version.</param>
[GenerateSerializer, Immutable]
public sealed record AccessFile([property: Id(0)] long Version, [property: Id(1)] string Text);

/// <summary>On whose behalf content is read: the path rules of a person, those of a visitor, or none at all. Made without more, it is a visitor.</summary>
[GenerateSerializer, Immutable]
public sealed record Reader
{
    /// <summary>A visitor without credentials.</summary>
    public static readonly Reader Anonymous = new();

    /// <summary>The system itself, which sees everything. Never to be used for what is shown to a person.</summary>
    public static readonly Reader System = new() { IsSystem = true };

    /// <summary>The name that the access file knows the reader by.</summary>
    [Id(0)]
    public string AccessFileName { get; private init; } = UserName.AnonymousValue;

    /// <summary>True when no path rule applies.</summary>
    [Id(1)]
    public bool IsSystem { get; private init; }

    /// <summary>A person; null is a visitor.</summary>
    public static Reader Of(UserName? user) => user is { } known ? new Reader { AccessFileName = known.Value } : Anonymous;
}

/// <summary>What somebody may do with a path.</summary>
public enum PathAccess
{
    /// <summary>Not even see it.</summary>
    None,

    /// <summary>Read it.</summary>
    Read,

    /// <summary>Change it.</summary>
    Write,
}

/// <summary>A question to libsvn.</summary>
/// <param name="User">The person; null is a visitor without credentials.</param>
/// <param name="Path">The path, starting with a slash.</param>
[GenerateSerializer, Immutable]
public sealed record AccessQuestion([property: Id(0)] UserName? User, [property: Id(1)] string Path);

/// <summary>A path from which on, downwards, a reader may see what they may not see above it, or the other way round.</summary>
/// <param name="Path">The path.</param>
/// <param name="MaySee">Whether the reader may see it, and everything below it until the next such path.</param>
[GenerateSerializer, Immutable]
public readonly record struct SightChange([property: Id(0)] string Path, [property: Id(1)] bool MaySee);

/// <summary>A path as it was at a revision.</summary>
/// <param name="Path">The path, starting with a slash.</param>
/// <param name="Revision">The revision; one that is not there yet has no paths.</param>
[GenerateSerializer, Immutable]
public readonly record struct PathAtRevision([property: Id(0)] string Path, [property: Id(1)] long Revision);

/// <summary>What a reader may know of a revision.</summary>
/// <param name="Visibility">All, some or nothing of it; <c>svn_repos_revision_access_level_t</c>.</param>
/// <param name="ChangedPaths">How many of the paths it changed the reader may see.</param>
/// <param name="CommonPath">The deepest directory that holds all of those; null when there are none.</param>
[GenerateSerializer, Immutable]
public sealed record RevisionSight(
    [property: Id(0)] RevisionVisibility Visibility, [property: Id(1)] int ChangedPaths, [property: Id(2)] string? CommonPath);

/// <summary>How much of a revision somebody may see, by which paths it changed and copied from.</summary>
public enum RevisionVisibility
{
    /// <summary>No path: neither author, date nor message.</summary>
    None,

    /// <summary>Some paths: author and date, but no message.</summary>
    Partial,

    /// <summary>Every path, hence everything.</summary>
    Full,
}
