using System.Formats.Tar;
using System.IO.Compression;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>A tar file, compressed by gzip.</summary>
internal sealed class TarFile : IArchive
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly GZipStream _compressed;
    private readonly TarWriter _writer;
    private readonly DateTimeOffset _at;

    public TarFile(Stream destination, DateTimeOffset at)
    {
        _compressed = new GZipStream(destination, CompressionLevel.Fastest, leaveOpen: true);
        _writer = new TarWriter(_compressed, TarEntryFormat.Pax, leaveOpen: true);
        _at = at;
    }

    public async Task AddDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        await AddAsync(new PaxTarEntry(TarEntryType.Directory, path + "/") { Mode = Executable }, cancellationToken);
        await _compressed.FlushAsync(cancellationToken);
    }

    public Task AddFileAsync(string path, Stream content, bool isExecutable, CancellationToken cancellationToken) =>
        AddAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = isExecutable ? Executable : Readable, DataStream = content }, cancellationToken);

    public Task AddLinkAsync(string path, string target, CancellationToken cancellationToken) =>
        AddAsync(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _compressed.DisposeAsync();
    }

    private Task AddAsync(PaxTarEntry entry, CancellationToken cancellationToken)
    {
        entry.ModificationTime = _at;
        return _writer.WriteEntryAsync(entry, cancellationToken);
    }
}
