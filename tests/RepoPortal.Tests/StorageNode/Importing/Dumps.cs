using System.Globalization;
using System.IO.Compression;
using RepoPortal.Tests.Fixtures;
using ZstdSharp;

namespace RepoPortal.Tests.StorageNode.Importing;

/// <summary>A repository with what histories have in them, and dumps of it.</summary>
internal sealed class Dumps : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private Dumps()
    {
    }

    public string Repository => _scratch["source"];

    public string Uuid { get; private set; } = "";

    /// <summary>Makes the repository: nested directories, copies, deletions, properties, binary content, an empty revision, names that are not ASCII.</summary>
    public static async Task<Dumps> MakeAsync(int commits = 12)
    {
        var dumps = new Dumps();
        await Command.RunAsync("svnadmin", "create", dumps.Repository);
        await File.WriteAllTextAsync(Path.Combine(dumps.Repository, "hooks", "pre-revprop-change"), "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(Path.Combine(dumps.Repository, "hooks", "pre-revprop-change"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await dumps.CommitAsync("jdoe", "layout\nin two lines", "mkdir", "trunk", "mkdir", "branches", "mkdir", "tags");
        for (var commit = 2; commit < commits; commit++)
            await dumps.CommitFileAsync(commit);
        await dumps.CommitAsync("ada", "branch and clean up", "cp", "HEAD", "trunk", "branches/one", "rm", "trunk/file-2 ü", "propset", "svn:ignore", "a\nb\n", "trunk");
        dumps.Uuid = await Command.RunAsync("svnlook", "uuid", dumps.Repository);
        return dumps;
    }

    /// <summary>Dumps it.</summary>
    /// <returns>The file.</returns>
    public async Task<string> DumpAsync(params string[] options)
    {
        var file = _scratch[$"dump-{Guid.NewGuid():n}"];
        await Command.RunAsync("sh", ["-c", "svnadmin dump -q \"$@\" > \"$0\"", file, .. options, Repository]);
        return file;
    }

    /// <summary>A file of its own with that content.</summary>
    public async Task<string> WriteAsync(byte[] content)
    {
        var file = _scratch[$"file-{Guid.NewGuid():n}"];
        await File.WriteAllBytesAsync(file, content);
        return file;
    }

    public static byte[] GZip(byte[] content) => Compress(content, stream => new GZipStream(stream, CompressionLevel.Fastest));

    public static byte[] Zstd(byte[] content) => Compress(content, stream => new CompressionStream(stream));

    /// <summary>Where in a dump a revision's records begin.</summary>
    public static int BeginningOf(byte[] dump, long revision) =>
        dump.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Revision-number: {revision}\nProp-content-length")));

    public void Dispose() => _scratch.Dispose();

    private async Task CommitFileAsync(int commit)
    {
        var content = _scratch["content"];
        // Bytes that a line reader would trip over, and more of them than its buffer holds now and then.
        var bytes = Enumerable.Range(0, commit % 5 == 0 ? 300_000 : 200).Select(at => (byte)((at * commit) ^ (at >> 7))).ToArray();
        await File.WriteAllBytesAsync(content, [.. "Revision-number: 7\n\n"u8, .. bytes]);
        await CommitAsync(commit % 3 == 0 ? "ada" : "jdoe", $"commit {commit} ü", "put", content, $"trunk/file-{commit % 4} ü");
    }

    private Task<string> CommitAsync(string author, string message, params string[] actions) =>
        Command.RunAsync("svnmucc", ["-u", author, "-m", message, "-U", new Uri(Repository).AbsoluteUri, .. actions]);

    private static byte[] Compress(byte[] content, Func<Stream, Stream> wrap)
    {
        using var compressed = new MemoryStream();
        using (var stream = wrap(compressed))
            stream.Write(content);
        return compressed.ToArray();
    }
}
