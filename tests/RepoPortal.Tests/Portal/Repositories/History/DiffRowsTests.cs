using RepoPortal.Contracts.History;
using RepoPortal.Portal.Repositories.History;

namespace RepoPortal.Tests.Portal.Repositories.History;

public sealed class DiffRowsTests
{
    [Fact]
    public void Numbers_the_lines_of_both_texts()
    {
        var rows = DiffRows.Unified(Hunk(10, 20, " a", "-b", "-c", "+d", " e", "+f"));
        Assert.Equal([(10, 20), (11, null), (12, null), (null, 21), (13, 22), (null, 23)], rows.Select(row => (row.Number, row.NewNumber)));
        Assert.Equal("abcdef", string.Concat(rows.Select(row => row.Line.Text)));
    }

    [Fact]
    public void Puts_what_was_removed_beside_what_stands_in_its_place()
    {
        var rows = DiffRows.Split(Hunk(1, 1, " a", "-b", "-c", "+d", " e", "+f"));
        Assert.Equal([("a", "a"), ("b", "d"), ("c", null), ("e", "e"), (null, "f")], rows.Select(row => (row.Old?.Line.Text, row.New?.Line.Text)));
    }

    [Theory]
    [InlineData("return total + 1;", "return total + 2;", "return total + [1];", "return total + [2];")]
    [InlineData("var a = Find(x);", "var a = Find(x, y);", "var a = Find(x);", "var a = Find(x[, y]);")]
    [InlineData("nothing in common", "42", "nothing in common", "42")]
    [InlineData("<b>", "<i>", "<[b]>", "<[i]>")]
    [InlineData("", "new", "", "new")]
    public void Marks_the_words_that_differ(string old, string present, string markedOld, string markedNew)
    {
        var (a, b) = WordDiff.Compare(old, present);
        Assert.Equal((markedOld, markedNew), (Marked(a), Marked(b)));
        Assert.Equal((old, present), (string.Concat(a.Select(piece => piece.Text)), string.Concat(b.Select(piece => piece.Text))));
    }

    [Fact]
    public void Leaves_long_lines_alone()
    {
        var (a, _) = WordDiff.Compare(new string('a', 5000), new string('a', 4999) + "b");
        Assert.False(Assert.Single(a).IsMarked);
    }

    [Theory]
    [InlineData("fixes r12, as revision 7 did", "fixes |r12=12|, as |revision 7=7| did")]
    [InlineData("r0 r99 bar12 r12a R3", "r0 r99 bar12 r12a |R3=3|")]
    [InlineData("nothing", "nothing")]
    [InlineData("", "")]
    public void Finds_revisions_in_messages(string message, string expected) => Assert.Equal(
        expected, string.Concat(MessageLinks.Split(message, 50).Select(piece => piece.Revision is { } revision ? $"|{piece.Text}={revision}|" : piece.Text)));

    [Theory]
    [InlineData("trunk", "trunk", null)]
    [InlineData("trunk@12", "trunk", 12L)]
    [InlineData("/trunk/a b#%?@r7", "/trunk/a b#%?", 7L)]
    [InlineData("trunk@HEAD", "trunk", null)]
    [InlineData("logo@2x.png@", "logo@2x.png", null)]
    [InlineData("@3", "", 3L)]
    [InlineData("", "", null)]
    public void Reads_a_path_at_a_revision(string text, string path, long? revision) =>
        Assert.Equal(new PegPath(path, revision), PegText.Parse(text, "from").Value);

    [Theory]
    [InlineData("logo@2x.png")]
    [InlineData("trunk@-1")]
    [InlineData("trunk@99999999999999999999")]
    public void Refuses_what_is_no_revision(string text) => Assert.NotNull(PegText.Parse(text, "from").Refusal);

    [Theory]
    [InlineData("/trunk/a b/c#d%e?f", "/r/x/log/trunk/a%20b/c%23d%25e%3Ff")]
    [InlineData("/", "/r/x/log/")]
    [InlineData("/ä/日本", "/r/x/log/%C3%A4/%E6%97%A5%E6%9C%AC")]
    public void Escapes_paths_in_addresses(string path, string expected) => Assert.Equal(expected, ContentAddress.Log("x", path));

    private static string Marked(IEnumerable<LinePiece> pieces) => string.Concat(pieces.Select(piece => piece.IsMarked ? $"[{piece.Text}]" : piece.Text));

    private static DiffHunk Hunk(int old, int present, params string[] lines) => new(old, 0, present, 0, [.. lines.Select(line => new DiffLine(
        line[0] switch { '-' => DiffSide.Old, '+' => DiffSide.New, _ => DiffSide.Both }, line[1..], LineEnd.Lf, 0))]);
}
