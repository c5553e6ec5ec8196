namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>A form of archive.</summary>
/// <param name="Name">How addresses call it.</param>
/// <param name="Extension">The end of a file's name.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="OpenAsync">Begins one on a stream that only goes forward, every entry dated alike.</param>
internal sealed record ArchiveForm(string Name, string Extension, string ContentType, Func<Stream, DateTimeOffset, CancellationToken, Task<IArchive>> OpenAsync)
{
    internal static readonly ArchiveForm Zip = new("zip", ".zip", "application/zip", ZipFile.OpenAsync);

    internal static readonly ArchiveForm TarGz = new("tar.gz", ".tar.gz", "application/gzip", static (stream, at, _) => Task.FromResult<IArchive>(new TarFile(stream, at)));

    /// <summary>The one of that name, the first when there is no name; null when there is no such form.</summary>
    internal static ArchiveForm? Find(string? name) => name switch
    {
        null or "" or "zip" => Zip,
        "tar.gz" or "tgz" => TarGz,
        _ => null,
    };
}

/// <summary>An archive that is being written; at its disposal it is complete.</summary>
internal interface IArchive : IAsyncDisposable
{
    /// <summary>Adds a directory.</summary>
    Task AddDirectoryAsync(string path, CancellationToken cancellationToken);

    /// <summary>Adds a file.</summary>
    Task AddFileAsync(string path, Stream content, bool isExecutable, CancellationToken cancellationToken);

    /// <summary>Adds a symbolic link.</summary>
    Task AddLinkAsync(string path, string target, CancellationToken cancellationToken);
}
