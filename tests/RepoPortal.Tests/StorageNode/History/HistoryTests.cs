using System.Xml.Linq;
using RepoPortal.Contracts.History;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.History;

/// <summary>What a node tells of what changed; svn and patch are asked whether it is so.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private readonly HistoryScene _scene = new();

    public ValueTask InitializeAsync() => _scene.InitializeAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_log_goes_on_where_its_page_ends_also_before_a_copy()
    {
        await _scene.WriteAsync("trunk/a b#%?é.txt", "one\n");
        await _scene.CommitAsync("One");
        await _scene.WriteAsync("trunk/a b#%?é.txt", "two\n");
        await _scene.CommitAsync("Two, for r2", "bob");
        await _scene.SvnAsync("copy", Path.Combine(_scene.WorkingCopy, "trunk"), Path.Combine(_scene.WorkingCopy, "branches/mine"));
        await _scene.CommitAsync("A branch");
        await _scene.WriteAsync("branches/mine/a b#%?é.txt", "three\n");
        await _scene.CommitAsync("Three");

        var first = _scene.Log("branches/mine/a b#%?é.txt", limit: 2).Value!;
        Assert.Equal([5L, 4], first.Entries.Select(entry => entry.Commit.Revision));
        Assert.Equal(new PathAtRevision("/trunk/a b#%?é.txt", 3), first.Entries[1].CopiedFrom);
        Assert.Equal(new PathAtRevision("/trunk/a b#%?é.txt", 3), first.Next);
        var rest = _scene.Log(first.Next!.Value.Path, revision: first.Next.Value.Revision).Value!;
        Assert.Equal([3L, 2], rest.Entries.Select(entry => entry.Commit.Revision));
        Assert.Null(rest.Next);
        Assert.Equal([3L], _scene.Log("/", author: "BOB").Value!.Entries.Select(entry => entry.Commit.Revision));
        Assert.Equal([3L], _scene.Log("/trunk", text: "two,").Value!.Entries.Select(entry => entry.Commit.Revision));
        Assert.Equal([5L, 4, 3, 2, 1], _scene.Log("").Value!.Entries.Select(entry => entry.Commit.Revision));
    }

    [Fact]
    public async Task A_revision_tells_its_changes_a_page_at_a_time_and_each_of_them_differs_from_what_it_was_copied_from()
    {
        await _scene.WriteAsync("trunk/model.c", "one\ntwo\nthree\n");
        await _scene.CommitAsync("A model");
        await _scene.SvnAsync("copy", Path.Combine(_scene.WorkingCopy, "trunk"), Path.Combine(_scene.WorkingCopy, "branches/mine"));
        await _scene.WriteAsync("branches/mine/model.c", "one\n2\nthree\n");
        await _scene.CommitAsync("A branch with a change");

        var revision = _scene.Revision(3).Value!;
        Assert.Equal(["/branches/mine", "/branches/mine/model.c"], revision.Changes.Select(change => change.Path));
        Assert.Equal(new PathAtRevision("/trunk", 2), revision.Changes[0].CopiedFrom);
        var second = _scene.Revision(3, skip: 1, limit: 1).Value!;
        Assert.Equal("/branches/mine/model.c", Assert.Single(second.Changes).Path);
        Assert.True(_scene.Revision(3, limit: 1).Value!.HasMore);
        Assert.False(second.HasMore);

        var diff = Assert.Single(_scene.Diff(3, "/branches/mine/model.c").Value!.Diffs);
        Assert.Equal(new PathAtRevision("/trunk/model.c", 2), diff.Old);
        Assert.Equal(["one", "-two", "+2", "three"], Lines(diff));
        Assert.Empty(_scene.Diff(3, "/trunk/model.c").Value!.Diffs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(100)]
    public async Task Shows_as_many_lines_around_a_difference_as_are_asked_for(int context)
    {
        var lines = Enumerable.Range(0, 40).Select(line => $"line {line}").ToList();
        await _scene.WriteAsync("trunk/a.txt", string.Join('\n', lines) + "\n");
        await _scene.CommitAsync("Forty lines");
        (lines[5], lines[20]) = ("five", "twenty");
        await _scene.WriteAsync("trunk/a.txt", string.Join('\n', lines) + "\n");
        await _scene.CommitAsync("Two of them");

        var diff = Assert.Single(_scene.Diff(3, "/trunk/a.txt", options: new DiffOptions(false, 3000, TimeSpan.FromSeconds(5), context)).Value!.Diffs);
        var svn = await Command.RunAsync("svn", "diff", "-c", "3", "-x", $"-U{context}", $"{_scene.Url}/trunk/a.txt");
        Assert.Equal(svn.Split('\n').Count(line => line.StartsWith("@@", StringComparison.Ordinal)), diff.Hunks.Length);
        Assert.Equal(svn.Split('\n').SkipWhile(line => !line.StartsWith("@@", StringComparison.Ordinal)).Count(line => !line.StartsWith("@@", StringComparison.Ordinal)), diff.Hunks.Sum(hunk => hunk.Lines.Length));
    }

    [Fact]
    public async Task Blame_is_what_svn_says()
    {
        var lines = Enumerable.Range(0, 60).Select(line => $"line {line}").ToList();
        for (var round = 0; round < 12; round++)
        {
            for (var line = round; line < lines.Count; line += 13)
                lines[line] = $"line {line % 5}";
            lines.Insert(round * 3, "the same");
            lines.RemoveAt(lines.Count - 1 - round);
            await _scene.WriteAsync("trunk/a.txt", string.Join('\n', lines) + "\n");
            await _scene.CommitAsync($"Round {round}", round % 2 == 0 ? "ada" : "bob");
            if (round == 6)
            {
                await _scene.SvnAsync("move", "-q", Path.Combine(_scene.WorkingCopy, "trunk/a.txt"), Path.Combine(_scene.WorkingCopy, "trunk/b.txt"));
                await _scene.CommitAsync("Another name");
                await _scene.SvnAsync("move", "-q", Path.Combine(_scene.WorkingCopy, "trunk/b.txt"), Path.Combine(_scene.WorkingCopy, "trunk/a.txt"));
                await _scene.CommitAsync("The old name");
            }
        }

        var expected = XDocument.Parse(await Command.RunAsync("svn", "blame", "--xml", $"{_scene.Url}/trunk/a.txt"))
            .Descendants("entry").Select(entry => (long?)entry.Element("commit")?.Attribute("revision")).ToArray();

        var blame = _scene.Blame("trunk/a.txt").Value!;
        Assert.Equal(expected, blame.Blocks.SelectMany(block => Enumerable.Repeat(block.Revision, block.Length)));
        Assert.Equal(lines, blame.Lines);
        Assert.Null(blame.StoppedAt);
        Assert.Equal(expected.OfType<long>().Distinct().OrderDescending(), blame.Revisions.Select(revision => revision.Commit.Revision));
        Assert.All(blame.Revisions, revision => Assert.True(revision.Previous is null || revision.Previous.Value.Revision < revision.Commit.Revision));
    }

    [Theory]
    [InlineData("svn")]
    [InlineData("patch")]
    public async Task A_patch_applies(string tool)
    {
        await _scene.WriteAsync("trunk/kept.txt", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n");
        await _scene.WriteAsync("trunk/with space.txt", "no end");
        await _scene.WriteAsync("trunk/mixed.txt", "one\r\ntwo\nthree\r\n");
        await _scene.WriteAsync("trunk/latin.txt", [0xE4, (byte)'\n', 0xF6, (byte)'\n']);
        await _scene.WriteAsync("trunk/gone.txt", "gone\n");
        await _scene.WriteAsync("trunk/old/one.txt", "1\n");
        await _scene.WriteAsync("trunk/old/two.txt", "2\n");
        await _scene.CommitAsync("Before");
        await _scene.WriteAsync("trunk/kept.txt", "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n");
        await _scene.WriteAsync("trunk/with space.txt", "still none");
        await _scene.WriteAsync("trunk/mixed.txt", "one\r\n2\nthree\n");
        await _scene.WriteAsync("trunk/latin.txt", [0xE4, (byte)'\n', 0xFC, (byte)'\n']);
        await _scene.WriteAsync("trunk/new/new.txt", "new\n");
        await _scene.SvnAsync("delete", "-q", Path.Combine(_scene.WorkingCopy, "trunk/gone.txt"), Path.Combine(_scene.WorkingCopy, "trunk/old"));
        await _scene.SvnAsync("propset", "-q", "note", "of\ninterest", Path.Combine(_scene.WorkingCopy, "trunk/kept.txt"));
        var revision = await _scene.CommitAsync("After");
        var patch = _scene.Place("r.patch");
        await File.WriteAllBytesAsync(patch, _scene.Patch(revision));
        var patched = _scene.Place("patched");
        await _scene.SvnAsync("checkout", "-q", "-r", $"{revision - 1}", _scene.Url, patched);

        var said = tool == "svn"
            ? await Command.RunAsync("svn", "patch", patch, patched)
            : await Command.RunAsync("patch", "-p0", "-E", "--binary", "-d", patched, "-i", patch);

        Assert.DoesNotContain("reject", said, StringComparison.OrdinalIgnoreCase);
        foreach (var name in new[] { "kept.txt", "with space.txt", "mixed.txt", "latin.txt", "new/new.txt" })
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_scene.WorkingCopy, "trunk", name)), await File.ReadAllBytesAsync(Path.Combine(patched, "trunk", name)));
        Assert.All(["gone.txt", "old/one.txt", "old/two.txt"], name => Assert.False(File.Exists(Path.Combine(patched, "trunk", name)), name));
        if (tool == "svn")
            Assert.Equal("of\ninterest", await Command.RunAsync("svn", "propget", "note", Path.Combine(patched, "trunk/kept.txt")));
    }

    [Fact]
    public async Task Texts_are_compared_in_any_encoding_and_what_is_none_says_so()
    {
        await _scene.WriteAsync("trunk/utf16.txt", [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("früher\nmehr\n")]);
        await _scene.WriteAsync("trunk/latin.txt", [0xE4, (byte)'\n']);
        await _scene.WriteAsync("trunk/noise.dat", [0, 1, 2]);
        await _scene.WriteAsync("trunk/picture.png", [0x89, 0x50, 0, 1]);
        await _scene.WriteAsync("trunk/large.txt", new byte[9 << 20]);
        await _scene.WriteAsync("trunk/long.txt", new string('x', 3_000_000) + "\n<script>alert(1)</script>");
        await _scene.CommitAsync("One");
        await _scene.WriteAsync("trunk/utf16.txt", [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("später\nmehr\n")]);
        await _scene.WriteAsync("trunk/latin.txt", [0xE4, (byte)'\n', 0xF6]);
        await _scene.WriteAsync("trunk/noise.dat", [0, 1, 3]);
        await _scene.CommitAsync("Two");

        Assert.Equal(["-früher", "+später", "mehr"], Lines(Only(3, "/trunk/utf16.txt")));
        Assert.Equal(["ä", "+ö"], Lines(Only(3, "/trunk/latin.txt")));
        Assert.Equal(LineEnd.File, Only(3, "/trunk/latin.txt").Hunks[0].Lines[1].End);
        Assert.Equal(DiffContent.Binary, Only(3, "/trunk/noise.dat").Content);
        Assert.Equal(DiffContent.Picture, Only(2, "/trunk/picture.png").Content);
        Assert.Equal(DiffContent.TooLarge, Only(2, "/trunk/large.txt").Content);
        var cut = Only(2, "/trunk/long.txt").Hunks[0].Lines;
        Assert.Equal((3_000_000, 2000), (cut[0].Length, cut[0].Text.Length));
        Assert.Equal("<script>alert(1)</script>", cut[1].Text);
        Assert.Equal(DiffContent.TooLarge, _scene.Blame("/trunk/large.txt").Value!.Content);

        // One of the two lines there is room for is taken by the property that svn gave it.
        var few = _scene.Diff(2, "/trunk/utf16.txt", options: new DiffOptions(false, 2, TimeSpan.FromSeconds(5))).Value!.Diffs[0];
        Assert.True(few.IsCut);
        Assert.Single(few.Hunks[0].Lines);
    }

    [Fact]
    public async Task What_is_not_there_is_told_with_what_is()
    {
        await _scene.WriteAsync("trunk/sub/a.txt", "one\n");
        await _scene.CommitAsync("One");
        await _scene.SvnAsync("delete", "-q", Path.Combine(_scene.WorkingCopy, "trunk/sub"));
        await _scene.CommitAsync("Gone");
        await _scene.WriteAsync("trunk/sub", "a file now\n");
        await _scene.CommitAsync("A file in its place");

        var absence = _scene.Log("/trunk/sub/a.txt", revision: 3).Absence!;
        Assert.Equal((AbsenceReason.Path, "/trunk", 3L), (absence.Reason, absence.Nearest, absence.Deleted!.Revision));
        Assert.Equal(new PathAtRevision("/trunk/sub/a.txt", 2), absence.Deleted.LastSeen);
        Assert.Equal((AbsenceReason.Revision, 4L), (_scene.Revision(5).Absence!.Reason, _scene.Revision(5).Absence!.Youngest));
        Assert.Equal(AbsenceReason.Revision, _scene.Log("/", revision: long.MaxValue).Absence!.Reason);
        Assert.Equal(AbsenceReason.File, _scene.Blame("/trunk").Absence!.Reason);
        foreach (var path in (string[])["/../etc/passwd", "trunk/\0", "trunk/\uD800"])
            Assert.Equal(AbsenceReason.PathSyntax, _scene.Log(path).Absence!.Reason);
        foreach (var path in (string[])["/trunk/sub/a.txt/b", "/trunk/\u0001\n", "/" + new string('x', 4000), "/trunk/nothing@3"])
            Assert.Equal(AbsenceReason.Path, _scene.Log(path).Absence!.Reason);
        Assert.Empty(_scene.Revision(0).Value!.Changes);
        Assert.Empty(_scene.Log("/", revision: 0).Value!.Entries);

        var comparison = _scene.Compare(new PegPath("/trunk", 2), new PegPath("trunk/", null)).Value!;
        Assert.Equal(
            [("sub", PathChangeKind.Deleted), ("sub/a.txt", PathChangeKind.Deleted), ("sub", PathChangeKind.Added)],
            comparison.Changes.Select(change => (change.Path, change.Kind)));
        Assert.Equal(["-one"], Lines(comparison.Diffs[1]));
        Assert.Empty(_scene.Compare(new PegPath("/trunk", 3), new PegPath("/trunk", 1)).Value!.Changes);
    }

    [Fact]
    public async Task Properties_are_compared_line_by_line()
    {
        await _scene.WriteAsync("trunk/a.txt", "one\n");
        await _scene.SvnAsync("propset", "-q", "svn:ignore", "*.o\n*.a\n", Path.Combine(_scene.WorkingCopy, "trunk"));
        await _scene.CommitAsync("One");
        await _scene.SvnAsync("propset", "-q", "svn:ignore", "*.o\n*.so\n", Path.Combine(_scene.WorkingCopy, "trunk"));
        await _scene.CommitAsync("Two");

        var diff = Only(3, "/trunk");
        Assert.True(diff.IsDirectory);
        var property = Assert.Single(diff.Properties);
        Assert.Equal(("svn:ignore", PathChangeKind.Modified), (property.Name, property.Kind));
        Assert.Equal(["*.o", "-*.a", "+*.so"], Lines(property.Hunks));
    }

    private NodeDiff Only(long revision, string path) => Assert.Single(_scene.Diff(revision, path).Value!.Diffs);

    private static IEnumerable<string> Lines(NodeDiff diff) => Lines(diff.Hunks);

    private static IEnumerable<string> Lines(IEnumerable<DiffHunk> hunks) => hunks.SelectMany(hunk => hunk.Lines)
        .Select(line => (line.Side switch { DiffSide.Old => "-", DiffSide.New => "+", _ => "" }) + line.Text);
}
