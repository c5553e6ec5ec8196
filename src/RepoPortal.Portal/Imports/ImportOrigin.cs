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
    /// <summary>How it is called in sentences and in the audit.</summary>
    internal string Words => this switch
    {
        { File: { } file } => $"the file '{file}'",
        { Directory: { } directory } => $"the directory '{directory}'",
        { Git: { } git } => $"the git repository '{git}'",
        { Address: { } address } => $"'{address}'",
        _ => "an uploaded dump",
    };

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
