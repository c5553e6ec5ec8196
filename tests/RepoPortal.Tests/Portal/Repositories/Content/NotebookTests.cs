using RepoPortal.Portal.Repositories.Content;
using RepoPortal.Portal.Repositories.Content.Rendering;

namespace RepoPortal.Tests.Portal.Repositories.Content;

public sealed class NotebookTests
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public void The_third_and_the_fourth_format_say_the_same()
    {
        var third = Notebook.Read($$$"""
            {"nbformat":3,"metadata":{},"worksheets":[{"cells":[
              {"cell_type":"heading","level":2,"source":"Title"},
              {"cell_type":"code","language":"python","prompt_number":7,"input":["x = 1\n","x"],"outputs":[
                {"output_type":"pyout","prompt_number":7,"text":["1"]},
                {"output_type":"stream","stream":"stderr","text":"careful\n"},
                {"output_type":"display_data","png":"{{{Pixel}}}\n"},
                {"output_type":"pyerr","ename":"E","evalue":"v","traceback":["\u001b[31mE\u001b[0m: v"]}]}]}]}
            """)!;
        var fourth = Notebook.Read($$$"""
            {"nbformat":4,"metadata":{"kernelspec":{"language":"python"}},"cells":[
              {"cell_type":"markdown","source":"## Title"},
              {"cell_type":"code","execution_count":7,"source":"x = 1\nx","outputs":[
                {"output_type":"execute_result","data":{"text/plain":"1"}},
                {"output_type":"stream","name":"stderr","text":["careful\n"]},
                {"output_type":"display_data","data":{"image/png":"{{{Pixel}}}","text/plain":"<Figure>"}},
                {"output_type":"error","ename":"E","evalue":"v","traceback":["\u001b[31mE\u001b[0m: v"]}]}]}
            """)!;

        Assert.Equal(".py", third.Extension);
        Assert.Equal(third.Extension, fourth.Extension);
        foreach (var (older, newer) in third.Cells.Zip(fourth.Cells))
        {
            Assert.Equal((older.Kind, older.Source, older.Count), (newer.Kind, newer.Source, newer.Count));
            Assert.Equal(older.Outputs, newer.Outputs);
        }

        Assert.Equal(
            [
                new(NotebookOutputKind.Text, "1"), new(NotebookOutputKind.Error, "careful"),
                new(NotebookOutputKind.Picture, $"data:image/png;base64,{Pixel}"), new(NotebookOutputKind.Error, "E: v"),
            ],
            fourth.Cells[1].Outputs);
        Assert.False(fourth.IsPartial);
    }

    [Theory]
    [InlineData("""{"text/plain":"a \u001b[1;31mred\u001b[0m\u001b]8;;https://evil.example\u0007word"}""", (int)NotebookOutputKind.Text, "a redword")]
    [InlineData("""{"text/plain":" 1%\r 50%\r100%\nend\n"}""", (int)NotebookOutputKind.Text, "100%\nend")]
    [InlineData("""{"text/html":"<b>x</b>","text/plain":"x"}""", (int)NotebookOutputKind.Html, "<b>x</b>")]
    [InlineData("""{"text/html":"<SCRIPT>alert(1)</SCRIPT>","text/plain":"x"}""", (int)NotebookOutputKind.Omission, "scripts")]
    [InlineData("""{"application/vnd.jupyter.widget-view+json":{"model_id":"1"},"text/plain":"IntSlider()"}""", (int)NotebookOutputKind.Omission, "scripts")]
    [InlineData("""{"image/png":"\"><script>"}""", (int)NotebookOutputKind.Omission, "broken")]
    [InlineData("""{"image/svg+xml":"<svg/>"}""", (int)NotebookOutputKind.Picture, "data:image/svg+xml;base64,PHN2Zy8+")]
    [InlineData("""{"text/latex":"$x^2$"}""", (int)NotebookOutputKind.Text, "$x^2$")]
    public void An_output_is_shown_in_the_form_that_says_most_and_runs_nothing(string data, int kind, string content)
    {
        var book = Notebook.Read($$$"""{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":[{"output_type":"display_data","data":{{{data}}}}]}]}""")!;
        var output = Assert.Single(book.Cells[0].Outputs);
        Assert.Equal((NotebookOutputKind)kind, output.Kind);
        Assert.Contains(content, output.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"nbformat\":2,\"cells\":[]}")]
    [InlineData("{\"nbformat\":4,\"cells\":{}}")]
    [InlineData("{\"nbformat\":4,\"cells\":[")]
    [InlineData("{\"nbformat\":\"four\",\"cells\":[]}")]
    [InlineData("{\"nbformat\":4,\"nbformat\":4,\"cells\":[]}")]
    [InlineData("{\"nbformat\":4,\"metadata\":{\"language_info\":7},\"cells\":[]}")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"execution_count\":\"soon\"}]}")]
    public void What_is_no_notebook_is_none(string text) => Assert.Null(Notebook.Read(text));

    [Fact]
    public void What_nests_without_end_is_none() => Assert.Null(Notebook.Read("{\"nbformat\":4,\"cells\":" + new string('[', 100_000)));

    [Fact]
    public void Of_a_large_one_a_part_is_shown_and_it_says_so()
    {
        var picture = new string('A', 2_000_000);
        var cell = """{"cell_type":"markdown","source":"words"}""";
        var large = $$$"""{"cell_type":"code","source":"{{{new string('x', 30_000)}}}","outputs":[{"output_type":"display_data","data":{"image/png":"{{{picture}}}"}},{"output_type":"display_data","data":{"image/png":"{{{picture}}}"}}]}""";
        var book = Notebook.Read($$$"""{"nbformat":4,"cells":[{{{large}}},{{{string.Join(',', Enumerable.Repeat(cell, 400))}}}]}""")!;

        Assert.Equal((300, 401, true), (book.Cells.Count, book.CellCount, book.IsPartial));
        Assert.EndsWith(" …", book.Cells[0].Source, StringComparison.Ordinal);
        Assert.Equal([NotebookOutputKind.Picture, NotebookOutputKind.Omission], book.Cells[0].Outputs.Select(output => output.Kind));
    }

    [Fact]
    public void Tables_of_an_output_stay_and_nothing_else_of_its_HTML_does()
    {
        var html = MarkdownHtml.Sanitise(
            "<style>td{}</style><table onclick='x()' style='color:red'><tr><td>F11<iframe src='/'></iframe></td></tr></table><img src='https://evil.example/a.png'>", new ContentLinks("alpha", null), "/", "/here").Value;
        Assert.Contains("<table><tbody><tr><td>F11</td></tr></tbody></table>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)style|onclick|iframe|<img", html);
    }
}
