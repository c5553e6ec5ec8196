using System.Collections.Immutable;

namespace RepoPortal.Contracts.Content;

/// <summary>The commit that last changed something, as far as the reader may know it.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Author">Its author; null when there is none, or the reader may see nothing that it changed.</param>
/// <param name="At">Its date; null in the same cases.</param>
/// <param name="Message">The first line of its message; empty unless the reader may see everything that it changed.</param>
[GenerateSerializer, Immutable]
public sealed record LastChange([property: Id(0)] long Revision, [property: Id(1)] string? Author, [property: Id(2)] DateTimeOffset? At, [property: Id(3)] string Message);

/// <summary>An entry of a directory.</summary>
/// <param name="Name">The last segment of its path.</param>
/// <param name="IsDirectory">True for a directory, false for a file.</param>
/// <param name="SizeBytes">The file's length; null for a directory.</param>
/// <param name="Marks">What its properties say of it.</param>
/// <param name="Change">The commit that last changed it.</param>
/// <param name="Held">The lock on it; null when there is none, and for a revision that is not the youngest.</param>
[GenerateSerializer, Immutable]
public sealed record ContentEntry(
    [property: Id(0)] string Name,
    [property: Id(1)] bool IsDirectory,
    [property: Id(2)] long? SizeBytes,
    [property: Id(3)] NodeMarks Marks,
    [property: Id(4)] LastChange Change,
    [property: Id(5)] LockView? Held);

/// <summary>What properties say of a file or directory, as far as a list shows it.</summary>
[Flags]
public enum NodeMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>svn:executable</c>.</summary>
    Executable = 1,

    /// <summary><c>svn:special</c>: a symbolic link.</summary>
    SymbolicLink = 2,

    /// <summary><c>svn:needs-lock</c>: to be locked before it is changed.</summary>
    NeedsLock = 4,

    /// <summary><c>svn:externals</c>: a working copy gets more than is here.</summary>
    Externals = 8,
}

/// <summary>A lock.</summary>
/// <param name="Owner">Who holds it.</param>
/// <param name="Since">Since when.</param>
/// <param name="Comment">Why; may be empty.</param>
/// <param name="Mark">What tells it from another; its token, by which it could be broken, stays in the repository.</param>
[GenerateSerializer, Immutable]
public sealed record LockView([property: Id(0)] string Owner, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] string Comment, [property: Id(3)] string Mark);

/// <summary>A file that is locked.</summary>
/// <param name="Path">Its path, starting with a slash.</param>
/// <param name="Held">The lock.</param>
[GenerateSerializer, Immutable]
public sealed record HeldLock([property: Id(0)] string Path, [property: Id(1)] LockView Held);

/// <summary>The locks of a repository that a reader may know of.</summary>
/// <param name="Locks">The first of them by path, as many as were asked for.</param>
/// <param name="Total">How many there are.</param>
[GenerateSerializer, Immutable]
public sealed record HeldLocks([property: Id(0)] ImmutableArray<HeldLock> Locks, [property: Id(1)] int Total);

/// <summary>A versioned property.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value read as UTF-8, or the first part of it.</param>
/// <param name="Length">How many bytes the whole value has.</param>
[GenerateSerializer, Immutable]
public sealed record NodeProperty([property: Id(0)] string Name, [property: Id(1)] string Value, [property: Id(2)] int Length)
{
    /// <summary>The most of a value that is handed over, in characters.</summary>
    public const int MostCharacters = 4000;

    /// <summary>The most properties that are handed over.</summary>
    public const int MostProperties = 200;
}

/// <summary>The file that describes a directory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Its content, or the first part of it.</param>
/// <param name="SizeBytes">The length of all of it.</param>
[GenerateSerializer, Immutable]
public sealed record ReadmeFile([property: Id(0)] string Name, [property: Id(1)] byte[] Start, [property: Id(2)] long SizeBytes);

/// <summary>The trunk, branches and tags of a project that is laid out as usual.</summary>
/// <param name="Project">The directory that they are in; <c>/</c> for a repository of one project.</param>
/// <param name="Current">The line that the path is in, such as <c>trunk</c> or <c>branches/1.x</c>; null when it is in none.</param>
/// <param name="HasTrunk">Whether there is a trunk.</param>
/// <param name="Branches">Names of branches, those that sort first.</param>
/// <param name="Tags">Names of tags, those that sort last.</param>
[GenerateSerializer, Immutable]
public sealed record DevelopmentLines(
    [property: Id(0)] string Project, [property: Id(1)] string? Current, [property: Id(2)] bool HasTrunk, [property: Id(3)] ImmutableArray<string> Branches, [property: Id(4)] ImmutableArray<string> Tags)
{
    /// <summary>The most of each that are handed over.</summary>
    public const int MostOfEach = 100;
}

/// <summary>A piece of a file.</summary>
/// <param name="Bytes">Its content; empty at the end of the file.</param>
/// <param name="FileBytes">The length of the whole file.</param>
[GenerateSerializer, Immutable]
public sealed record FilePiece([property: Id(0)] byte[] Bytes, [property: Id(1)] long FileBytes)
{
    /// <summary>The most that one piece holds: below the size from which .NET keeps arrays until it is forced to clean up.</summary>
    public const int MostBytes = 80 * 1024;
}

/// <summary>Some of what is below a directory.</summary>
/// <param name="Entries">Directories before what is in them, each directory's entries by name.</param>
/// <param name="IsLast">Whether nothing follows.</param>
[GenerateSerializer, Immutable]
public sealed record TreePiece([property: Id(0)] ImmutableArray<TreeEntry> Entries, [property: Id(1)] bool IsLast)
{
    /// <summary>The most entries in one answer.</summary>
    public const int MostEntries = 256;

    /// <summary>The most content in one answer, in bytes.</summary>
    public const int MostBytes = 512 * 1024;
}

/// <summary>Something below a directory.</summary>
/// <param name="Path">Its path, relative to the directory.</param>
/// <param name="IsDirectory">True for a directory, false for a file.</param>
/// <param name="SizeBytes">The file's length; 0 for a directory.</param>
/// <param name="Marks">Whether it is executable, or a symbolic link.</param>
/// <param name="Content">The content of a small file, so that nobody has to ask for each; null for others.</param>
[GenerateSerializer, Immutable]
public sealed record TreeEntry(
    [property: Id(0)] string Path, [property: Id(1)] bool IsDirectory, [property: Id(2)] long SizeBytes, [property: Id(3)] NodeMarks Marks, [property: Id(4)] byte[]? Content);
