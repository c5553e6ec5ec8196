using System.Text;

namespace RepoPortal.Svn.Tests.Diffing;

public sealed class LineDiffTests : RepositoryTest
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("a\nb\n", "a\nb\n", "")]
    [InlineData("", "a\n", "0,0>0,1")]
    [InlineData("a\n", "", "0,1>0,0")]
    [InlineData("a\nb\nc\n", "a\nx\nc\n", "1,1>1,1")]
    [InlineData("a\nb", "a\nb\n", "1,1>1,1")]
    [InlineData("a\r\nb\n", "a\nb\n", "0,1>0,1")]
    [InlineData("a\rb\nc\n", "a\rx\nc\n", "0,1>0,1")]
    [InlineData("x\na\nb\n", "a\nb\ny\n", "0,1>0,0 3,0>2,1")]
    public void Finds_the_lines_that_differ(string original, string modified, string expected) =>
        Assert.Equal(expected, Changes(SvnLineDiff.Compare(Encoding.UTF8.GetBytes(original), Encoding.UTF8.GetBytes(modified))));

    [Fact]
    public void Passes_over_white_space_when_told_to()
    {
        var old = "if (a) {\n\treturn b;\n}\n"u8;
        var present = "if (a)  {\n    return b ;\n}\r\n"u8;
        Assert.Empty(SvnLineDiff.Compare(old, present, ignoreWhitespace: true).Changes);
        Assert.Equal("0,3>0,3", Changes(SvnLineDiff.Compare(old, present)));
    }

    [Fact]
    public void Takes_for_changed_altogether_what_would_take_too_long()
    {
        var lines = Enumerable.Range(0, 60_000).Select(line => $"line {line}\n").ToArray();
        var forward = Encoding.UTF8.GetBytes("first\n" + string.Concat(lines) + "last\n");
        var backward = Encoding.UTF8.GetBytes("first\n" + string.Concat(lines.Reverse()) + "last\n");
        var changed = Encoding.UTF8.GetBytes("first\n" + string.Concat(lines.Select((line, index) => index % 1000 == 0 ? "new " + line : line)) + "last\n");

        var found = SvnLineDiff.Compare(forward, backward);

        Assert.True(found.IsCoarse);
        var change = Assert.Single(found.Changes);
        Assert.Equal((change.OriginalLength, change.OriginalStart), (change.ModifiedLength, change.ModifiedStart));
        Assert.InRange(change.OriginalLength, 60_000, 60_002);
        Assert.False(SvnLineDiff.Compare(forward, changed).IsCoarse);
        Assert.Equal(60, SvnLineDiff.Compare(forward, changed).Changes.Count);
    }

    private static string Changes(SvnLineChanges changes) => string.Join(
        ' ', changes.Changes.Select(change => $"{change.OriginalStart},{change.OriginalLength}>{change.ModifiedStart},{change.ModifiedLength}"));
}
