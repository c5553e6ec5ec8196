using System.Text;
using RepoPortal.Portal.Repositories.Content.Rendering;

namespace RepoPortal.Tests.Portal.Repositories.Content;

public sealed class FileTextTests
{
    [Theory]
    [InlineData("plain", "plain", "utf-8")]
    [InlineData("näive ☂", "näive ☂", "utf-8")]
    [InlineData("", "", "utf-8")]
    public void Reads_UTF_8(string written, string text, string charset) =>
        Assert.Equal(new FileText(text, charset), FileText.Decode(Encoding.UTF8.GetBytes(written), isWhole: true, mediaType: null));

    [Fact]
    public void Takes_a_byte_order_mark_at_its_word_and_leaves_it_out()
    {
        Assert.Equal(new FileText("ä", "utf-8"), FileText.Decode([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("ä")], true, null));
        Assert.Equal(new FileText("ä☂", "utf-16le"), FileText.Decode([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("ä☂")], true, null));
        Assert.Equal(new FileText("ä☂", "utf-16be"), FileText.Decode([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("ä☂")], true, null));
    }

    [Fact]
    public void Reads_everything_else_that_is_text_as_Latin_1() =>
        Assert.Equal(new FileText("Gr\u00FC\u00DFe", "iso-8859-1"), FileText.Decode(Encoding.Latin1.GetBytes("Gr\u00FC\u00DFe"), true, null));

    [Fact]
    public void A_character_that_is_cut_off_at_the_end_of_a_beginning_does_not_make_it_Latin_1()
    {
        var bytes = Encoding.UTF8.GetBytes("naïve ☂");
        Assert.Equal(new FileText("naïve ", "utf-8"), FileText.Decode(bytes.AsSpan()[..^1], isWhole: false, null));
        Assert.Equal("iso-8859-1", FileText.Decode(bytes.AsSpan()[..^1], isWhole: true, null)!.Charset);
    }

    [Fact]
    public void What_has_nulls_or_is_said_to_be_bytes_is_no_text()
    {
        Assert.Null(FileText.Decode([65, 0, 66], true, null));
        Assert.Null(FileText.Decode([1, 2, 3, 4, 5, 6], true, null));
        Assert.Null(FileText.Decode("text"u8, true, "application/octet-stream"));
        Assert.NotNull(FileText.Decode("text"u8, true, "no media type at all"));
    }

    [Fact]
    public void What_the_committer_says_of_the_encoding_holds()
    {
        Assert.Equal("Ã¤", FileText.Decode(Encoding.UTF8.GetBytes("ä"), true, "text/plain; charset=ISO-8859-1")!.Text);
        Assert.Equal("ä", FileText.Decode(Encoding.Unicode.GetBytes("ä"), true, "text/plain; charset=UTF-16LE")!.Text);
    }

    [Theory]
    [InlineData("a\nb\n", 2, "LF")]
    [InlineData("a\r\nb", 2, "CRLF")]
    [InlineData("a\rb\r", 2, "CR")]
    [InlineData("a\nb\r\nc", 3, "mixed line ends")]
    [InlineData("a", 1, null)]
    [InlineData("\n\n", 2, "LF")]
    public void Lines_end_in_every_usual_way(string text, int count, string? ends)
    {
        var lines = TextLines.Of(text, 100);
        Assert.Equal((count, ends, count), (lines.Count, lines.Ends, lines.Lines.Count));
    }

    [Fact]
    public void Only_as_much_is_kept_of_lines_as_a_page_shows()
    {
        var lines = TextLines.Of($"{new string('x', 1_000_000)}\nb\nc", 2);
        Assert.Equal((3, 2, 1), (lines.Count, lines.Lines.Count, lines.CutLines));
        Assert.Equal(TextLines.MostCharacters + 2, lines.Lines[0].Length);
    }
}
