using RepoPortal.Portal.Repositories.Content;
using RepoPortal.Portal.Repositories.Content.Rendering;

namespace RepoPortal.Tests.Portal.Repositories.Content;

public sealed class MarkdownHtmlTests
{
    private static readonly ContentLinks Links = new("alpha", null);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg onload=alert(1)><script>alert(1)</script></svg>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("<iframe src=\"/account\"></iframe>")]
    [InlineData("<form action=\"/account\"><button>x</button></form>")]
    [InlineData("<style>body{display:none}</style><p style=\"position:fixed\">x</p>")]
    [InlineData("<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">")]
    [InlineData("<base href=\"https://elsewhere.example/\"><link rel=stylesheet href=x><meta http-equiv=refresh content=0>")]
    [InlineData("<details ontoggle=alert(1) open>x</details>")]
    [InlineData("| a |\n|---|\n| <img src=x onerror=alert(1)> |")]
    [InlineData("```html\" onmouseover=alert(1)\nx\n```")]
    [InlineData("<div id=\"main\" class=\"btn\" data-copy=\"x\">x</div>")]
    public void Nothing_that_could_act_is_left(string markdown)
    {
        var html = Render(markdown);
        foreach (var bad in new[] { "<script", "<svg", "<iframe", "<form", "<style", "<base", "<link", "<meta", "<math", "<button", " style=", " class=", " data-", "\"main\"" })
            Assert.DoesNotContain(bad, html, StringComparison.OrdinalIgnoreCase);
        // As an attribute, or as an address; as text it is only text.
        Assert.DoesNotMatch("(?i)<[^>]*\\son[a-z]+\\s*=", html);
        Assert.DoesNotMatch("(?i)(href|src)=\"\\s*(javascript|data|vbscript):", html);
    }

    [Theory]
    [InlineData("[x](guide.md)", "href=\"/r/alpha/tree/trunk/docs/guide.md\"")]
    [InlineData("[x](../src/a%20b.c#L10)", "href=\"/r/alpha/tree/trunk/src/a%20b.c#L10\"")]
    [InlineData("[x](/trunk/x.md#part)", "href=\"/r/alpha/tree/trunk/x.md#readme-part\"")]
    [InlineData("[x](../../../../../etc)", "href=\"/r/alpha/tree/etc\"")]
    [InlineData("[x](#part)", "href=\"/here?rev=3#readme-part\"")]
    [InlineData("![x](pictures/100%25.png)", "src=\"/r/alpha/raw/trunk/docs/pictures/100%25.png\"")]
    [InlineData("[x](https://elsewhere.example/a)", "href=\"https://elsewhere.example/a\"")]
    [InlineData("[x](//elsewhere.example/a)", "href=\"//elsewhere.example/a\"")]
    [InlineData("![chart](https://elsewhere.example/a.png)", ">chart</a>")]
    [InlineData("# One\n\n## Two", "<h3 id=\"readme-one\">One</h3>\n<h4 id=\"readme-two\">Two</h4>")]
    [InlineData("- [x] done\n- [ ] not", "☑")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "<td>2</td>")]
    public void Links_and_pictures_lead_to_the_repositorys_pages(string markdown, string expected) =>
        Assert.Contains(expected, Render(markdown), StringComparison.Ordinal);

    [Fact]
    public void Links_keep_to_the_revision_that_was_chosen() =>
        Assert.Contains("/r/alpha/tree/docs/a.md?rev=7#readme-b", MarkdownHtml.Render("[x](a.md#b)", Links with { Revision = 7 }, "/docs", "/here").Value, StringComparison.Ordinal);

    private static string Render(string markdown) => MarkdownHtml.Render(markdown, Links, "/trunk/docs", "/here?rev=3").Value;
}
