using System.IO.Compression;
using System.Text;

namespace RepoPortal.Portal.Repositories.Content.Download;

/// <summary>A zip file.</summary>
internal sealed class ZipFile(ZipArchive archive, DateTimeOffset at) : IArchive
{
    // st_mode of stat(2), which the upper half of an entry's attributes carries.
    private const int RegularFile = 0x8000 | 0x1A4; // 0644
    private const int ExecutableFile = 0x8000 | 0x1ED; // 0755
    private const int SymbolicLink = 0xA000 | 0x1FF; // 0777
    private const int Directory = 0x4000 | 0x1ED; // 0755

    // What the format can say.
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 12, 31, 0, 0, 0, TimeSpan.Zero);

    internal static async Task<IArchive> OpenAsync(Stream destination, DateTimeOffset at, CancellationToken cancellationToken) =>
        new ZipFile(
            await ZipArchive.CreateAsync(destination, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken),
            at < Earliest ? Earliest : at > Latest ? Latest : at);

    public Task AddDirectoryAsync(string path, CancellationToken cancellationToken) => AddAsync(path + "/", Stream.Null, Directory, CompressionLevel.NoCompression, cancellationToken);

    public Task AddFileAsync(string path, Stream content, bool isExecutable, CancellationToken cancellationToken) =>
        AddAsync(path, content, isExecutable ? ExecutableFile : RegularFile, CompressionLevel.Fastest, cancellationToken);

    public Task AddLinkAsync(string path, string target, CancellationToken cancellationToken) =>
        AddAsync(path, new MemoryStream(Encoding.UTF8.GetBytes(target)), SymbolicLink, CompressionLevel.NoCompression, cancellationToken);

    public ValueTask DisposeAsync() => archive.DisposeAsync();

    private async Task AddAsync(string path, Stream content, int mode, CompressionLevel compression, CancellationToken cancellationToken)
    {
        var entry = archive.CreateEntry(path, compression);
        entry.LastWriteTime = at;
        entry.ExternalAttributes = mode << 16;
        await using var stream = await entry.OpenAsync(cancellationToken);
        await content.CopyToAsync(stream, cancellationToken);
    }
}
