using RepoPortal.Contracts.StorageNodes.Jobs;

namespace RepoPortal.Portal.Imports;

/// <summary>Where the history of an import comes from, as it is kept with its task: never with a password. Exactly one of the first four is given.</summary>
/// <param name="File">A dump on the storage node's machine, named by an operator.</param>
/// <param name="Directory">A repository on that machine that is adopted.</param>
/// <param name="Upload">An uploaded dump.</param>
/// <param name="Address">The address of a repository on another server.</param>
/// <param name="UserName">Who reads it there.</param>
/// <param name="Length">How long an upload is when it is complete.</param>
internal sealed record ImportOrigin(string? File = null, string? Directory = null, Guid? Upload = null, string? Address = null, string? UserName = null, long Length = 0)
{
    /// <summary>How it is called in sentences and in the audit.</summary>
    internal string Words => File is { } file ? $"the file '{file}'" : Directory is { } directory ? $"the directory '{directory}'" : Address is { } address ? $"'{address}'" : "an uploaded dump";

    /// <summary>What the storage node is asked for.</summary>
    internal ImportSource ToSource(string? password) => (File, Directory, Upload) switch
    {
        ({ } file, _, _) => new FileSource(file),
        (_, { } directory, _) => new DirectorySource(directory),
        (_, _, { } upload) => new UploadSource(upload, Length),
        _ => new ServerSource(new Uri(Address!), UserName, password),
    };
}
