using RepoPortal.Contracts.History;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.History;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.History;

/// <summary>A node with a repository of which some is hidden from bob, and what the portal asks it.</summary>
public sealed class HistoryScene : IAsyncLifetime
{
    /// <summary>What bob may never be told.</summary>
    public static readonly string[] Secrets = ["vault", "blueprint", "XYLOPHONE"];

    internal static readonly Reader Bob = Reader.Of(UserName.Parse("bob"));

    private const string Rules = "[/]\nada = rw\nbob = rw\n\n[/trunk/vault]\nbob =\n";
    private static readonly DiffOptions Plain = new(IgnoreWhitespace: false, MostLines: 3000, TimeSpan.FromSeconds(20));

    private readonly ScratchDirectory _scratch = new();
    private RunningNode _node = null!;
    private RepositoryCopy _copy;

    /// <summary>The repository for svn without a server.</summary>
    public string Url => new Uri(_node.Directories.Copy(_copy)).AbsoluteUri;

    /// <summary>The youngest revision.</summary>
    public int Youngest { get; private set; } = 1;

    public async ValueTask InitializeAsync()
    {
        _node = await RunningNode.StartAsync();
        _copy = (await _node.ProvisionAsync("alpha", RepositoryLayout.Standard)).Copy;
        await _node.Get<WriteAccessFile>().RunAsync(_copy, new AccessFile(2, Rules), CancellationToken.None);
        await Command.RunAsync("svn", "checkout", "-q", Url, WorkingCopy);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _scratch.Dispose();
    }

    /// <summary>A directory in which a test works.</summary>
    internal string Place(string name) => Path.Combine(_scratch.Path, name);

    internal string WorkingCopy => Place("wc");

    internal async Task WriteAsync(string path, string content) => await WriteAsync(path, System.Text.Encoding.UTF8.GetBytes(content));

    internal async Task WriteAsync(string path, byte[] content)
    {
        var file = Path.Combine(WorkingCopy, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, content);
    }

    /// <summary>Commits everything in the working copy, new files too.</summary>
    internal async Task<int> CommitAsync(string message, string author = "ada")
    {
        await Command.RunAsync("svn", "add", "-q", "--force", "--no-auto-props", WorkingCopy);
        await Command.RunAsync("svn", "commit", "-q", "--username", author, "-m", message, WorkingCopy);
        await Command.RunAsync("svn", "update", "-q", WorkingCopy);
        return ++Youngest;
    }

    internal Task SvnAsync(params string[] arguments) => Command.RunAsync("svn", arguments);

    internal HistoryAnswer<LogExtract> Log(string path, Reader? reader = null, long? revision = null, int limit = 50, string? author = null, string? text = null) =>
        _node.Get<ReadLog>().Run(_copy, new LogQuery(new PegPath(path, revision), limit, author, text), reader ?? Reader.System, CancellationToken.None);

    internal HistoryAnswer<RevisionExtract> Revision(long revision, Reader? reader = null, int skip = 0, int limit = 100) =>
        _node.Get<ReadRevision>().Run(_copy, revision, skip, limit, reader ?? Reader.System, CancellationToken.None);

    internal HistoryAnswer<DiffPage> Diff(long revision, string path, Reader? reader = null, DiffOptions? options = null) =>
        _node.Get<DiffRevision>().Run(_copy, revision, [path], options ?? Plain, reader ?? Reader.System, CancellationToken.None);

    internal HistoryAnswer<Comparison> Compare(PegPath from, PegPath to, Reader? reader = null) =>
        _node.Get<CompareNodes>().Run(_copy, from, to, Plain, reader ?? Reader.System, CancellationToken.None);

    internal HistoryAnswer<BlameView> Blame(string path, Reader? reader = null, long? revision = null, bool creditMerged = false) =>
        _node.Get<BlameFile>().Run(_copy, new PegPath(path, revision), creditMerged, TimeSpan.FromSeconds(20), reader ?? Reader.System, CancellationToken.None);

    internal HistoryAnswer<LinesPage> Lines(string project = "/", bool tags = false, Reader? reader = null, string? filter = null, int skip = 0) =>
        _node.Get<ListLines>().Run(_copy, new LinesQuery(project, tags, filter, skip), reader ?? Reader.System, CancellationToken.None);

    internal byte[] Patch(long revision, Reader? reader = null)
    {
        using var patch = new MemoryStream();
        for (int? skip = 0; skip is { } at;)
        {
            var piece = _node.Get<WritePatch>().Run(_copy, revision, at, reader ?? Reader.System, CancellationToken.None).Value!;
            patch.Write(piece.Bytes);
            skip = piece.Next;
        }

        return patch.ToArray();
    }
}
