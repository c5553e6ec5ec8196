using System.Net;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>
/// Whoever says that they have a hidden path, and asks for the difference to one they may see, is not told it: httpd by itself would tell names, properties, sizes
/// and checksums. The stock client, which never has what is hidden, goes on working.
/// </summary>
public sealed class ClaimsToHaveHiddenPaths(PathRulesServer shared) : IClassFixture<PathRulesServer>, IDisposable
{
    private const string Whole = """<S:entry rev="6"></S:entry>""";

    private readonly Scratch _scratch = new();

    public static TheoryData<string, string, string> Reports => new()
    {
        { "/trunk/vault", "/trunk/open", Whole },
        { "/trunk/%76ault", "/trunk/open", Whole },
        { "/trunk", "/branches/plain", Whole },
        { "/trunk", "/branches/plain", """<S:entry rev="6" depth="immediates"></S:entry>""" },
        { "/trunk", "/branches/plain", """<S:entry rev="6" depth="empty"></S:entry><S:entry rev="6">vault</S:entry>""" },
        { "/trunk/open", "/trunk/open", """<S:entry rev="6"></S:entry><S:entry rev="6" linkpath="/trunk/vault/blueprint.txt">readme.txt</S:entry>""" },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task A_report_that_claims_a_hidden_path_is_refused_to_whom_it_is_hidden_from(string from, string to, string entries)
    {
        foreach (var who in (string[])["limited-reader", "limited-writer"])
        {
            var (status, body) = await ReportAsync(who, from, to, entries);
            Assert.True(status == HttpStatusCode.Forbidden, $"{who}: {status}\n{body}");
            Assert.DoesNotContain("blueprint", body, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await ReportAsync("owner", from, to, entries)).Status);
    }

    [Fact]
    public async Task The_difference_of_a_file_to_a_hidden_one_is_not_told()
    {
        using var http = shared.Http("limited-reader");
        http.DefaultRequestHeaders.Add("X-SVN-VR-Base", $"{new Uri(shared.Url).AbsolutePath}/!svn/rvr/4/trunk/vault/blueprint.txt");
        using var answer = await http.GetAsync(shared.Url + "/trunk/open/readme.txt", TestContext.Current.CancellationToken);
        Assert.Equal("open two\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        http.DefaultRequestHeaders.Remove("X-SVN-VR-Base");
        http.DefaultRequestHeaders.Add("X-SVN-VR-Base", $"{new Uri(shared.Url).AbsolutePath}/!svn/rvr/4/trunk/vault/nothing.txt");
        using var absent = await http.GetAsync(shared.Url + "/trunk/open/readme.txt", TestContext.Current.CancellationToken);
        Assert.Equal("open two\n", await absent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("limited-reader")]
    [InlineData("limited-writer")]
    [InlineData("owner")]
    public async Task The_stock_client_switches_updates_merges_and_compares_as_before(string who)
    {
        var svn = shared.Client(_scratch.Path, who);
        await svn.RunAsync("checkout", "-q", $"{shared.Url}/trunk", "wc");
        await svn.RunAsync("switch", "-q", $"{shared.Url}/branches/plain/open", "wc/open");
        await svn.RunAsync("update", "-q", "-r", "5", "wc");
        await svn.RunAsync("update", "-q", "wc");
        await svn.RunAsync("switch", "-q", $"{shared.Url}/branches/plain", "wc");
        await svn.RunAsync("switch", "-q", $"{shared.Url}/trunk", "wc");
        await svn.RunAsync("merge", "-q", $"{shared.Url}/trunk", "wc");
        await svn.RunAsync("revert", "-q", "-R", "wc");
        await svn.RunAsync("diff", "-r", "4:HEAD", "wc");
        await svn.RunAsync("diff", "-r", "4:HEAD", $"{shared.Url}/trunk");
        await svn.RunAsync("diff", $"{shared.Url}/trunk/open", $"{shared.Url}/branches/plain/open");
        await svn.RunAsync("checkout", "-q", "--depth", "files", $"{shared.Url}/trunk", "sparse");
        await svn.RunAsync("switch", "-q", $"{shared.Url}/branches/plain", "sparse");
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<(HttpStatusCode Status, string Body)> ReportAsync(string who, string from, string to, string entries)
    {
        var place = new Uri(shared.Url).AbsolutePath;
        var body = $"""
            <S:update-report xmlns:S="svn:" send-all="true"><S:src-path>{place}{from}</S:src-path><S:dst-path>{place}{to}</S:dst-path><S:depth>infinity</S:depth>{entries}</S:update-report>
            """;
        using var http = shared.Http(who);
        using var request = new HttpRequestMessage(new HttpMethod("REPORT"), shared.Url + "/!svn/me") { Content = new StringContent(body, System.Text.Encoding.UTF8, "text/xml") };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
