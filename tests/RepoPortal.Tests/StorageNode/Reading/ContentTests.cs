using System.Security.Cryptography;
using RepoPortal.Contracts.Content;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Access;
using RepoPortal.StorageNode.Reading;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Reading;

public sealed class ContentTests
{
    private static readonly Reader Grace = Reader.Of(UserName.Parse("grace"));

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_read_in_pieces_from_anywhere_until_the_right_to_it_is_lost()
    {
        using var scratch = new ScratchDirectory();
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var copy = (await node.ProvisionAsync("alpha")).Copy;
        var content = RandomNumberGenerator.GetBytes(3 * FilePiece.MostBytes + 17);
        await File.WriteAllBytesAsync(scratch["file"], content, _cancellation);
        await svn.RunAsync("import", "-m", "A file", scratch["file"], svn.Url("alpha", "/file"));
        var read = node.Get<ReadFile>();
        var file = new PathAtRevision("/file", 1);

        var all = new MemoryStream();
        while (read.Run(copy, file, all.Length, Grace, _cancellation) is { Bytes.Length: > 0 } piece)
        {
            Assert.Equal(content.Length, piece.FileBytes);
            all.Write(piece.Bytes);
        }

        Assert.Equal(content, all.ToArray());
        Assert.Equal(content[200_000..], read.Run(copy, file, 200_000, Grace, _cancellation)!.Bytes);
        Assert.Empty(read.Run(copy, file, content.Length, Grace, _cancellation)!.Bytes);
        Assert.Empty(read.Run(copy, file, long.MaxValue, Grace, _cancellation)!.Bytes);
        Assert.Null(read.Run(copy, file with { Revision = 0 }, 0, Grace, _cancellation));
        Assert.Null(read.Run(copy, file with { Path = "/" }, 0, Grace, _cancellation));

        Assert.NotNull(read.Run(copy, file, 0, Grace, _cancellation));
        await node.Get<WriteAccessFile>().RunAsync(copy, new AccessFile(2, "[/]\n* = rw\n[/file]\ngrace =\n"), _cancellation);
        Assert.Null(read.Run(copy, file, FilePiece.MostBytes, Grace, _cancellation));
    }

    [Fact]
    public async Task What_is_below_a_directory_comes_once_and_in_order_however_it_is_cut()
    {
        using var scratch = new ScratchDirectory();
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var copy = (await node.ProvisionAsync("alpha")).Copy;
        foreach (var directory in new[] { "a", "a.b", "a/deep", "hidden", "z" })
        {
            Directory.CreateDirectory(scratch[$"tree/{directory}"]);
            for (var i = 0; i < 150; i++)
                await File.WriteAllTextAsync(scratch[$"tree/{directory}/{i}.txt"], $"{i}", _cancellation);
        }

        await svn.RunAsync("import", "-q", "-m", "A tree", scratch["tree"], svn.Url("alpha", "/top"));
        await node.Get<WriteAccessFile>().RunAsync(copy, new AccessFile(2, "[/]\n* = rw\n[/top/hidden]\ngrace =\n"), _cancellation);

        var found = new List<TreeEntry>();
        for (var isLast = false; !isLast;)
        {
            var piece = node.Get<ListBelow>().Run(copy, new PathAtRevision("/top", 1), found.Count == 0 ? null : found[^1].Path, Grace, _cancellation)!;
            Assert.InRange(piece.Entries.Length, 1, TreePiece.MostEntries);
            found.AddRange(piece.Entries);
            isLast = piece.IsLast;
        }

        Assert.Equal(4 * 150, found.Count(entry => !entry.IsDirectory));
        Assert.Equal(["a", "a/deep", "a.b", "z"], found.Where(entry => entry.IsDirectory).Select(entry => entry.Path));
        Assert.Equal(found.Count, found.Select(entry => entry.Path).Distinct(StringComparer.Ordinal).Count());
        Assert.All(found.Where(entry => !entry.IsDirectory), entry => Assert.Equal(Path.GetFileNameWithoutExtension(entry.Path), System.Text.Encoding.UTF8.GetString(entry.Content!)));
        Assert.Null(node.Get<ListBelow>().Run(copy, new PathAtRevision("/top/hidden", 1), null, Grace, _cancellation));
        Assert.Null(node.Get<ListBelow>().Run(copy, new PathAtRevision("/top/z/1.txt", 1), null, Grace, _cancellation));
    }

    [Fact]
    public async Task A_hidden_path_and_one_that_never_was_are_answered_alike()
    {
        await using var node = await RunningNode.StartAsync();
        await using var svn = await node.SvnAsync();
        var copy = (await node.ProvisionAsync("alpha", RepositoryLayout.Standard)).Copy;
        await svn.RunAsync("mkdir", "-m", "Hidden", svn.Url("alpha", "/trunk/hidden"));
        await svn.RunAsync("mkdir", "-m", "Open", svn.Url("alpha", "/trunk/open"));
        await svn.RunAsync("delete", "-m", "No more", svn.Url("alpha", "/trunk/open"));
        await node.Get<WriteAccessFile>().RunAsync(copy, new AccessFile(2, "[/]\n* = rw\n[/trunk/hidden]\ngrace =\n[/trunk/never]\ngrace =\n"), _cancellation);

        var hidden = Assert.IsType<NoContent>(View(node, copy, "/trunk/hidden"));
        Assert.Equal(Assert.IsType<NoContent>(View(node, copy, "/trunk/never")) with { Path = hidden.Path, Open = hidden.Open }, hidden);
        Assert.Equal(("/trunk", null), (hidden.Nearest, hidden.DeletedIn));
        Assert.Equal(4, Assert.IsType<NoContent>(View(node, copy, "/trunk/open")).DeletedIn);
        Assert.Equal("/trunk/open", Assert.IsType<NoContent>(View(node, copy, "/trunk/open", 99)).Path);

        var trunk = Assert.IsType<DirectoryContent>(View(node, copy, "/trunk"));
        Assert.Equal((0, 0), (trunk.Entries.Length, trunk.Total));
        Assert.Equal(("/", "trunk", true), (trunk.Lines!.Project, trunk.Lines.Current, trunk.Lines.HasTrunk));
        // The commit changed nothing else, so nothing is known of it.
        Assert.Equal(new LastChange(2, null, null, ""), Assert.IsType<DirectoryContent>(View(node, copy, "/trunk", 2)).Change);
    }

    private ContentAnswer View(RunningNode node, RepositoryCopy copy, string path, long? revision = null) =>
        node.Get<ViewContent>().Run(copy, new ContentRequest(path, revision, null, null, 0, 100, 1000), Grace, _cancellation);
}
