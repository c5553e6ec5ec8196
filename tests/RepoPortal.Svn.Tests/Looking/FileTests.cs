using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using RepoPortal.Svn.Pools;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class FileTests(RealHistory history) : RepositoryTest
{
    [Theory]
    [InlineData("/trunk/README", 2000)]
    [InlineData("/trunk/README", 1000)]
    [InlineData("/trunk/subversion/libsvn_wc/adm_ops.c", 1500)]
    public void Reads_what_svnlook_cat_reads(string path, long revision)
    {
        using var stream = Look.OpenFile(new SvnLookOrigin(history.Path, revision), path);
        using var reader = new StreamReader(stream);
        Assert.Equal(Tool.Run("svnlook", "cat", "-r", revision.ToString(CultureInfo.InvariantCulture), history.Path, path), reader.ReadToEnd());
    }

    [Fact]
    public async Task Reads_a_large_file_in_pieces()
    {
        var path = CreateRepository();
        var content = new byte[5_000_000];
        for (var i = 0; i < content.Length; i++) content[i] = (byte)(i * i >> 7);
        CommitFile(path, "large", content);

        await using var stream = Look.OpenFile(new SvnLookOrigin(path), "/large");
        Assert.Equal(content.Length, stream.Length);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, 7919, TestContext.Current.CancellationToken);

        Assert.Equal(content, copy.ToArray());
        Assert.Equal(0, stream.Read(new byte[10]));
    }

    [Fact]
    public void Reads_an_empty_file()
    {
        var path = CreateRepository();
        CommitFile(path, "empty", []);
        using var stream = Look.OpenFile(new SvnLookOrigin(path), "empty");
        Assert.Equal(0, stream.Length);
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public void Goes_forward_only()
    {
        var path = CreateRepository();
        CommitFile(path, "file", [1, 2, 3]);
        using var stream = Look.OpenFile(new SvnLookOrigin(path), "file");
        Assert.False(stream.CanSeek);
        Assert.False(stream.CanWrite);
        Assert.Throws<NotSupportedException>(() => stream.Position = 0);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.WriteByte(1));
    }

    [Fact]
    public void Outlives_the_client_and_later_commits_but_not_its_disposal()
    {
        var path = CreateRepository();
        CommitFile(path, "file", "first"u8.ToArray());
        SvnFileStream stream;
        using (var client = new SvnLookClient()) stream = client.OpenFile(new SvnLookOrigin(path), "file");
        CommitFile(path, "file", "second"u8.ToArray());

        using (var reader = new StreamReader(stream)) Assert.Equal("first", reader.ReadToEnd());

        Assert.False(stream.CanRead);
        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
        stream.Dispose();
    }

    [Fact]
    [SuppressMessage("Reliability", "CA2000", Justification = "The stream is forgotten on purpose.")]
    public void Frees_a_stream_that_was_forgotten()
    {
        var path = CreateRepository();
        CommitFile(path, "file", [1]);
        Forget();

        // Two rounds: the stream's objects first, then what they released.
        for (var round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, SvnPool.Live);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void Forget() => Assert.Equal(1, Look.OpenFile(new SvnLookOrigin(path), "file").ReadByte());
    }

    [Fact]
    public void Refuses_a_directory_and_a_missing_file()
    {
        var path = CreateRepository();
        Assert.True(Assert.Throws<SvnException>(() => Look.OpenFile(new SvnLookOrigin(path), "/")).Contains(SvnErrorCode.FsNotFile));
        Assert.True(Assert.Throws<SvnException>(() => Look.OpenFile(new SvnLookOrigin(path), "/missing")).Contains(SvnErrorCode.FsNotFound));
    }

    [Fact]
    public void Tells_kind_and_size()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        CommitFile(path, "trunk/file", Encoding.UTF8.GetBytes("12345"));
        var origin = new SvnLookOrigin(path);

        Assert.Equal(SvnNodeKind.File, Look.GetNodeKind(origin, "trunk/file"));
        Assert.Equal(SvnNodeKind.Directory, Look.GetNodeKind(origin, ""));
        Assert.Equal(SvnNodeKind.None, Look.GetNodeKind(origin, "/trunk/missing"));
        Assert.Equal(SvnNodeKind.None, Look.GetNodeKind(origin, "/trunk/file/below"));
        Assert.Equal(("file", 5L, 2L), Look.GetInfo(origin, "/trunk/file") is { } file ? (file.Name, file.FileSize, file.Revision) : default);
        Assert.Equal(("", null, 2L), Look.GetInfo(origin, "/") is { } root ? (root.Name, root.FileSize, root.Revision) : default);
        Assert.Null(Look.GetInfo(origin, "/missing"));
    }
}
