using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.Portal.Imports;

/// <summary>Where the history of an import comes from, as it is kept with its task: never with a password. Exactly one source is given.</summary>
/// <param name="File">A dump on the storage node's machine, named by an operator.</param>
/// <param name="Directory">A repository on that machine that is adopted.</param>
/// <param name="Upload">An uploaded dump.</param>
/// <param name="Address">The address of a repository on another server.</param>
/// <param name="UserName">Who reads it there.</param>
/// <param name="Length">How long an upload is when it is complete.</param>
/// <param name="Git">A git repository on that machine, named by an operator.</param>
internal sealed record ImportOrigin(
    string? File = null, string? Directory = null, Guid? Upload = null, string? Address = null, string? UserName = null, long Length = 0, string? Git = null)
{
    /// <summary>How it is called to administrators and in the audit.</summary>
    internal string Words => this switch
    {
        { File: { } file } => $"the file '{file}'",
        { Directory: { } directory } => $"the directory '{directory}'",
        { Git: { } git } => $"the git repository '{git}'",
        { Address: { } address } => $"'{address}'",
        _ => "an uploaded dump",
    };

    /// <summary>How it is called to owners, whom the directories of the server's machine do not concern.</summary>
    internal string OwnersWords => this switch
    {
        { File: not null } => "a dump file that an administrator named",
        { Directory: not null } => "a repository on the server's machine that an administrator named",
        { Git: not null } => "a git repository that an administrator named",
        _ => Words,
    };

    /// <summary>A sentence of the storage node as owners get it: of what an operator named on that machine, the last name of the path is left.</summary>
    internal string ForOwners(string sentence) => (File ?? Directory ?? Git) is { } path && Path.GetDirectoryName(path) is { Length: > 1 } above
        ? sentence.Replace(above + "/", "", StringComparison.Ordinal).Replace($"'{above}'", "the directory it lies in", StringComparison.Ordinal)
        : sentence;

    /// <summary>What the storage node is asked for.</summary>
    internal ImportSource ToSource(string? password) => this switch
    {
        { File: { } file } => new FileSource(file),
        { Directory: { } directory } => new DirectorySource(directory),
        { Git: { } git } => new GitSource(git),
        { Upload: { } upload } => new UploadSource(upload, Length),
        _ => new ServerSource(new Uri(Address!), UserName, password),
    };
}
