using System.Collections.Immutable;
using System.Text;
using RepoPortal.Contracts.Content;
using RepoPortal.Portal.Repositories.Content;
using RepoPortal.Portal.Repositories.Content.Download;
using RepoPortal.Portal.Repositories.Content.Rendering;

namespace RepoPortal.Tests.Portal.Repositories.Content;

public sealed class ShowFileTests : IDisposable
{
    private readonly Highlighter _highlighter = new(TimeProvider.System);
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a.cs", "using System; // <b>\nclass A { int x = 1; string s = \"</td>\"; }")]
    [InlineData("a.py", "def f(x):\n    return '<script>' # hi")]
    [InlineData("a.html", "<script>alert(1)</script><!-- x -->")]
    [InlineData("a.unknown", "<script>alert(1)</script>")]
    [InlineData("Makefile", "all: <x>\n\techo hi")]
    public async Task Code_is_coloured_and_never_becomes_markup(string name, string text)
    {
        var code = await _highlighter.RunAsync(name, text.Split('\n'), _cancellation);

        Assert.Equal(text.Split('\n').Length, code.Lines.Count);
        var marks = string.Concat(code.Lines);
        Assert.DoesNotMatch("<(?!span class=h[a-z]>|/span>)", marks);
        Assert.Equal(text.Replace("\n", "", StringComparison.Ordinal), System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(marks, "<[^>]*>", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task Keywords_strings_and_comments_are_told_apart()
    {
        var line = Assert.Single((await _highlighter.RunAsync("a.cs", ["return \"x\"; // why"], _cancellation)).Lines);
        Assert.Contains("<span class=hk>return</span>", line, StringComparison.Ordinal);
        Assert.Contains("<span class=hc>//", line, StringComparison.Ordinal);
        Assert.Contains("<span class=hs>", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_files_are_coloured_at_once_as_they_are_one_after_the_other()
    {
        var lines = Enumerable.Range(0, 200).Select(i => $"public int F{i}() => \"{i}\".Length; /* {i} */").ToArray();
        var alone = (await _highlighter.RunAsync("a.cs", lines, _cancellation)).Lines;
        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _highlighter.RunAsync("a.cs", lines, _cancellation))));
        Assert.All(together, code => Assert.Equal(alone.Take(20), code.Lines.Take(20)));
    }

    [Theory]
    [InlineData("README.md", "# Hi", (int)FileForm.Markdown)]
    [InlineData("a.csv", "a,b\n1,2\n", (int)FileForm.Table)]
    [InlineData("a.csv", "just words", (int)FileForm.Code)]
    [InlineData("a.c", "int x;", (int)FileForm.Code)]
    [InlineData("a.c", "", (int)FileForm.Empty)]
    [InlineData("a.png", "\u0089PNG", (int)FileForm.Picture)]
    [InlineData("a.svg", "<svg/>", (int)FileForm.Picture)]
    [InlineData("a.dat", "\0\0", (int)FileForm.Binary)]
    [InlineData("a.pdf", "%PDF-1.4", (int)FileForm.Pdf)]
    [InlineData("a.ipynb", "{\"nbformat\":4,\"cells\":[]}", (int)FileForm.Notebook)]
    [InlineData("a.ipynb", "{\"nbformat\":4,\"cells\":", (int)FileForm.Code)]
    public async Task A_file_is_shown_as_what_it_is(string name, string content, int form) =>
        Assert.Equal((FileForm)form, (await new ShowFile(_highlighter).ExecuteAsync(File(name, Encoding.UTF8.GetBytes(content)), new ContentLinks("alpha", null), "/here", false, _cancellation)).Form);

    [Fact]
    public async Task Only_the_beginning_of_a_large_file_is_shown()
    {
        var start = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line\n", 10_000)));
        var file = File("a.txt", start) with { SizeBytes = 2L << 30 };
        var shown = await new ShowFile(_highlighter).ExecuteAsync(file, new ContentLinks("alpha", null), "/here", false, _cancellation);
        Assert.Equal((FileForm.Code, 2000), (shown.Form, shown.Lines!.Lines.Count));
    }

    [Theory]
    [InlineData("a.html", "<script>", null, "text/plain; charset=utf-8", true)]
    [InlineData("a.js", "x", "text/javascript", "text/plain; charset=utf-8", true)]
    [InlineData("a.xhtml", "<html/>", "application/xhtml+xml", "text/plain; charset=utf-8", true)]
    [InlineData("a.svg", "<svg/>", null, "image/svg+xml", false)]
    [InlineData("a.png", "x", null, "image/png", true)]
    [InlineData("a.txt", "x", "image/svg+xml", "image/svg+xml", false)]
    [InlineData("a.pdf", "%PDF", null, "application/pdf", true)]
    [InlineData("a.zip", "\0", null, "application/octet-stream", false)]
    [InlineData("a.txt", "x", "text/html\r\nX: y", "text/plain; charset=utf-8", true)]
    public void Nothing_is_served_that_a_browser_would_run(string name, string content, string? said, string type, bool isInline) =>
        Assert.Equal(new ServedType(type, isInline), ServedType.Of(File(name, Encoding.UTF8.GetBytes(content), said)));

    [Fact]
    public void A_table_ends_where_a_page_does()
    {
        var table = CsvTable.Read("a;b\n" + string.Concat(Enumerable.Repeat("1;\"x;y\"\n", 10_000)), isWhole: true)!;
        Assert.Equal(["a", "b"], table.Header);
        Assert.Equal((500, true), (table.Rows.Count, table.IsPartial));
        Assert.Equal("x;y", table.Rows[0][1]);
        Assert.NotNull(CsvTable.Read("a\tb\n1\t2\n", true));
        _ = CsvTable.Read("a,b\n\"unclosed " + new string('x', 1_000_000), true);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("HEAD", null)]
    [InlineData("12", 12L)]
    [InlineData("r12", 12L)]
    public void A_revision_is_a_number_or_none(string? text, long? revision)
    {
        Assert.True(RevisionChoice.TryParse(text, out var choice));
        Assert.Equal(new RevisionChoice(revision, null), choice);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("{}")]
    [InlineData("{yesterday}")]
    [InlineData("99999999999999999999")]
    [InlineData("r")]
    public void Anything_else_is_no_revision(string text) => Assert.False(RevisionChoice.TryParse(text, out _));

    [Fact]
    public void A_date_in_braces_is_the_beginning_of_that_day()
    {
        Assert.True(RevisionChoice.TryParse("{2026-01-31}", out var choice));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), choice.At);
    }

    [Theory]
    [InlineData("/a b/100%/c#d?e+f/ü", "/r/alpha/tree/a%20b/100%25/c%23d%3Fe%2Bf/%C3%BC")]
    [InlineData("/", "/r/alpha/tree")]
    public void Addresses_carry_every_name(string path, string address) => Assert.Equal(address, new ContentLinks("alpha", null).Tree(path));

    public void Dispose() => _highlighter.Dispose();

    private static FileContent File(string name, byte[] content, string? mimeType = null) => new(
        1, 1, $"/trunk/{name}", new LastChange(1, "ada", null, ""),
        mimeType is null ? [] : ImmutableArray.Create(new NodeProperty("svn:mime-type", mimeType, mimeType.Length)), content.Length, "0", null, content, null);
}
