using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>Whoever may not see a path learns neither its name, nor its content, nor what was said about it, whichever way they ask.</summary>
public sealed partial class HiddenPaths(PathRulesServer shared) : IClassFixture<PathRulesServer>, IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<string> KeptOut => ["limited-writer", "limited-reader", "path-reader", "anonymous"];

    [Theory]
    [MemberData(nameof(KeptOut))]
    public async Task What_one_may_see_is_served_without_the_rest(string who)
    {
        var svn = shared.Client(_scratch.Path, who);
        var place = who switch { "path-reader" => "trunk/open", "anonymous" => "trunk/open/public", _ => "trunk" };
        string[][] verbs =
        [
            ["ls", "-R", "-v", $"{shared.Url}/{place}"],
            ["log", "-v", $"{shared.Url}/{place}"],
            ["log", "-v", "--diff", $"{shared.Url}/{place}"],
            ["log", "-v", "--xml", "--with-all-revprops", "-g", $"{shared.Url}/{place}"],
            ["checkout", $"{shared.Url}/{place}", "wc"],
            ["info", "-R", "wc"],
            ["status", "-u", "-v", "wc"],
            ["update", "-r", "2", "wc"],
            ["update", "wc"],
            ["export", $"{shared.Url}/{place}", "export"],
            ["diff", "-r", "1:HEAD", "wc"],
            ["diff", "--summarize", "-r", "2:HEAD", $"{shared.Url}/{place}"],
            ["propget", "-R", "note", $"{shared.Url}/{place}"],
            ["proplist", "-R", "-v", $"{shared.Url}/{place}"],
        ];
        foreach (var verb in verbs)
        {
            var answer = await svn.TryAsync(verb);
            // Where the place itself came later, there is nothing to compare with.
            Assert.True(answer.IsSuccess || verb is ["diff" or "update", "-r" or "--summarize", ..] || verb.Contains("--diff"), $"svn {string.Join(' ', verb)}: {answer.StandardError}");
            AssertTellsNothing(answer.StandardOutput + answer.StandardError, string.Join(' ', verb));
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_scratch.Path, "*", SearchOption.AllDirectories), IsSecret);
    }

    [Theory]
    [MemberData(nameof(KeptOut))]
    [InlineData("stranger")]
    [InlineData("outsider")]
    [InlineData("admin")]
    [InlineData("suspended")]
    public async Task What_one_may_not_see_is_refused_to_every_verb(string who)
    {
        var svn = shared.Client(_scratch.Path, who);
        var hidden = $"{shared.Url}/{PathRulesServer.Hidden}";
        var file = $"{hidden}/blueprint.txt";
        string[][] verbs =
        [
            ["ls", hidden],
            ["cat", file],
            ["cat", "-r", "3", file],
            ["cat", $"{file}@3"],
            ["log", file],
            ["blame", file],
            ["info", file],
            ["propget", "note", file],
            ["propget", "--revprop", "-r", "3", "svn:log", hidden],
            ["checkout", hidden, "hidden"],
            ["export", file, "stolen.txt"],
            ["diff", "-r", "3:4", file],
            ["diff", file, $"{shared.Url}/trunk/open/readme.txt"],
            ["mergeinfo", hidden, $"{shared.Url}/trunk/open"],
            ["lock", "--force", file],
            ["unlock", "--force", file],
            ["delete", "-m", "no", file],
            ["mkdir", "-m", "no", $"{hidden}/new"],
            ["copy", "-m", "no", file, $"{shared.Url}/trunk/open/stolen.txt"],
            ["copy", "-m", "no", hidden, $"{shared.Url}/trunk/open/stolen"],
            ["copy", "-m", "no", $"{hidden}@3", $"{shared.Url}/branches/stolen"],
            ["move", "-m", "no", hidden, $"{shared.Url}/trunk/open/moved"],
            // What is hidden goes along with the directory above it.
            ["copy", "-m", "no", $"{shared.Url}/trunk", $"{shared.Url}/branches/all"],
            ["delete", "-m", "no", $"{shared.Url}/trunk"],
            ["move", "-m", "no", $"{shared.Url}/trunk", $"{shared.Url}/moved"],
        ];
        foreach (var verb in verbs)
        {
            var answer = await svn.TryAsync(verb);
            Assert.False(answer.IsSuccess, $"svn {string.Join(' ', verb)} succeeded: {answer.StandardOutput}");
            Assert.DoesNotContain("XYLOPHONE", answer.StandardOutput + answer.StandardError, StringComparison.Ordinal);
        }

        Assert.Contains("XYLOPHONE two", await shared.Client(_scratch.Path, "owner").RunAsync("cat", file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limited-reader")]
    [InlineData("limited-writer")]
    [InlineData("path-reader")]
    public async Task The_message_of_a_revision_is_told_to_those_who_may_see_all_of_it(string who)
    {
        var svn = shared.Client(_scratch.Path, who);
        var place = who == "path-reader" ? $"{shared.Url}/trunk/open" : shared.Url;
        Assert.DoesNotContain("blueprint", await svn.RunAsync("log", "-r", $"{PathRulesServer.MixedRevision}", place), StringComparison.Ordinal);
        Assert.Contains("A better readme", await svn.RunAsync("log", "-r", "5", place), StringComparison.Ordinal);
        var hidden = await svn.TryAsync("log", "--xml", "-r", $"{PathRulesServer.HiddenRevision}", place);
        Assert.DoesNotContain("blueprint", hidden.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("<author>", hidden.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KeptOut))]
    public async Task No_address_that_a_client_does_not_use_by_itself_leads_there(string who)
    {
        using var http = shared.Http(who);
        string[] reading =
        [
            "/trunk/vault/blueprint.txt", "/trunk/vault/", "/trunk/vault", "/trunk/vault/blueprint.txt?r=3", "/trunk/vault/blueprint.txt?p=4",
            "/!svn/rvr/3/trunk/vault/blueprint.txt", "/!svn/bc/3/trunk/vault/blueprint.txt", "/!svn/ver/3/trunk/vault/blueprint.txt",
            "/!svn/rvr/4/trunk/vault", "/!svn/rev/3", "/!svn/rev/4", "/!svn/bln/3", "/!svn/bln/4", "/trunk/%76ault/blueprint.txt", "/trunk/VAULT/blueprint.txt",
        ];
        foreach (var path in reading)
        {
            foreach (var method in (string[])["GET", "HEAD", "PROPFIND"])
                await AssertTellsNothingAsync(http, method, path, method == "PROPFIND" ? AllProperties : null);
        }
    }

    [Theory]
    [MemberData(nameof(KeptOut))]
    public async Task No_report_tells_what_is_hidden(string who)
    {
        using var http = shared.Http(who);
        const string Svn = "xmlns:S=\"svn:\" xmlns:D=\"DAV:\"";
        (string Path, string Body)[] reports =
        [
            ("/!svn/rvr/5", $"<S:log-report {Svn}><S:start-revision>5</S:start-revision><S:end-revision>1</S:end-revision><S:discover-changed-paths/><S:all-revprops/><S:path></S:path></S:log-report>"),
            ("/!svn/rvr/5", $"<S:log-report {Svn}><S:start-revision>5</S:start-revision><S:end-revision>1</S:end-revision><S:discover-changed-paths/><S:path>trunk/vault</S:path></S:log-report>"),
            ("/trunk", $"<S:get-locks-report {Svn} depth=\"infinity\"/>"),
            ("/trunk/vault/blueprint.txt", $"<S:get-locks-report {Svn}/>"),
            ("/!svn/rvr/5", $"<S:file-revs-report {Svn}><S:start-revision>1</S:start-revision><S:end-revision>5</S:end-revision><S:path>trunk/vault/blueprint.txt</S:path></S:file-revs-report>"),
            ("/!svn/rvr/5", $"<S:get-locations {Svn}><S:path>trunk/vault/blueprint.txt</S:path><S:peg-revision>4</S:peg-revision><S:location-revision>3</S:location-revision></S:get-locations>"),
            ("/!svn/rvr/5", $"<S:get-location-segments {Svn}><S:path>trunk/vault/blueprint.txt</S:path><S:peg-revision>4</S:peg-revision></S:get-location-segments>"),
            ("/!svn/rvr/5", $"<S:inherited-props-report {Svn}><S:path>trunk/vault/blueprint.txt</S:path><S:revision>4</S:revision></S:inherited-props-report>"),
            ("/!svn/rvr/5", $"<S:mergeinfo-report {Svn}><S:revision>5</S:revision><S:inherit>inherited</S:inherit><S:include-descendants>yes</S:include-descendants><S:path>trunk/vault</S:path></S:mergeinfo-report>"),
            ("/!svn/rvr/5", $"<S:get-deleted-rev-report {Svn}><S:path>trunk/vault</S:path><S:peg-revision>2</S:peg-revision><S:end-revision>5</S:end-revision></S:get-deleted-rev-report>"),
            ("/!svn/rev/3", $"<S:replay-report {Svn}><S:revision>3</S:revision><S:low-water-mark>0</S:low-water-mark><S:send-deltas>1</S:send-deltas></S:replay-report>"),
            ("/!svn/rev/4", $"<S:replay-report {Svn}><S:revision>4</S:revision><S:low-water-mark>0</S:low-water-mark><S:send-deltas>1</S:send-deltas></S:replay-report>"),
            ("/", $"<S:replay-report {Svn}><S:revision>3</S:revision><S:low-water-mark>0</S:low-water-mark><S:send-deltas>1</S:send-deltas></S:replay-report>"),
            ("/trunk/open", $"<S:replay-report {Svn}><S:revision>4</S:revision><S:low-water-mark>0</S:low-water-mark><S:send-deltas>1</S:send-deltas></S:replay-report>"),
            ("/!svn/rvr/5", $"<S:inherited-props-report {Svn}><S:path>trunk/open/readme.txt</S:path><S:revision>5</S:revision></S:inherited-props-report>"),
            ("/!svn/rvr/5", $"<S:list-report {Svn}><S:path>trunk</S:path><S:revision>5</S:revision><S:depth>infinity</S:depth><S:prop>DAV:getcontentlength</S:prop></S:list-report>"),
            ("/", $"<S:get-locks-report {Svn} depth=\"infinity\"/>"),
            ("/!svn/me", $"<S:update-report {Svn} send-all=\"true\"><S:src-path>{new Uri(shared.Url).AbsolutePath}/trunk</S:src-path><S:target-revision>5</S:target-revision><S:depth>infinity</S:depth><S:entry rev=\"5\" start-empty=\"true\"></S:entry></S:update-report>"),
            ("/!svn/me", $"<S:update-report {Svn} send-all=\"true\"><S:src-path>{new Uri(shared.Url).AbsolutePath}/trunk/open</S:src-path><S:dst-path>{new Uri(shared.Url).AbsolutePath}/trunk/vault</S:dst-path><S:target-revision>5</S:target-revision><S:depth>infinity</S:depth><S:entry rev=\"5\"></S:entry></S:update-report>"),
            ("/!svn/rvr/5", $"<S:list-report {Svn}><S:path>trunk</S:path><S:revision>5</S:revision><S:depth>infinity</S:depth><D:prop/></S:list-report>"),
        ];
        foreach (var (path, body) in reports)
            await AssertTellsNothingAsync(http, "REPORT", path, body);
    }

    [Theory]
    [InlineData("limited-reader")]
    [InlineData("path-reader")]
    [InlineData("anonymous")]
    public async Task Neither_page_nor_API_tells_what_is_hidden(string who)
    {
        using var http = new HttpClient { BaseAddress = shared.Server.Address };
        if (who != "anonymous")
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shared.Token(who));
        foreach (var path in (string[])["api/v1/repositories/lab", "api/v1/repositories", "api/v1/repositories/lab/members", "api/v1/repositories/lab/rules", "api/v1/repositories/lab/audit", "api/v1/repositories/lab/usage", "api/v1/repositories/lab/access?user=owner&path=/trunk/vault"])
        {
            using var answer = await http.GetAsync(path);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.False(body.Contains("blueprint", StringComparison.Ordinal) || body.Contains("XYLOPHONE", StringComparison.Ordinal), $"{path}: {body}");
        }
    }

    [Fact]
    public async Task The_owner_sees_everything_that_the_others_do_not()
    {
        // Otherwise the tests above would pass on an empty repository.
        var svn = shared.Client(_scratch.Path, "owner");
        Assert.Contains("The blueprint is in the vault", await svn.RunAsync("log", "-v", shared.Url), StringComparison.Ordinal);
        Assert.Contains("vault/blueprint.txt", await svn.RunAsync("ls", "-R", $"{shared.Url}/trunk"), StringComparison.Ordinal);
        using var http = shared.Http("owner");
        using var answer = await SendAsync(http, "GET", "/!svn/rvr/3/trunk/vault/blueprint.txt", null);
        Assert.Equal("XYLOPHONE one\n", await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _scratch.Dispose();

    private const string AllProperties = "<?xml version=\"1.0\"?><propfind xmlns=\"DAV:\"><allprop/></propfind>";

    private static bool IsSecret(string text) => PathRulesServer.Secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    private static void AssertTellsNothing(string answer, string asked) => Assert.False(IsSecret(answer), $"{asked} tells:\n{answer}");

    [GeneratedRegex("""<S:absent-(?:directory|file) name="[^"]*"/>""", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Withheld();

    /// <summary>The answer holds nothing that is hidden beyond what the request itself said.</summary>
    private async Task AssertTellsNothingAsync(HttpClient http, string method, string path, string? body)
    {
        using var answer = await SendAsync(http, method, path, body);
        // Subversion tells the client, which tells nobody, that a directory has an entry that is withheld: otherwise one that was readable before would stay in the working copy.
        var text = answer.Headers + Withheld().Replace(await answer.Content.ReadAsStringAsync(), "");
        foreach (var secret in PathRulesServer.Secrets.Where(secret => !path.Contains(secret, StringComparison.Ordinal) && body?.Contains(secret, StringComparison.Ordinal) is not true))
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{method} {path} tells '{secret}': {(int)answer.StatusCode}\n{text}");
        if (path.Contains("vault", StringComparison.OrdinalIgnoreCase) || path.Contains("%76", StringComparison.Ordinal))
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed, $"{method} {path}: {answer.StatusCode}");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, string? body)
    {
        // As it is written here: the escapes must arrive as escapes.
        var address = new Uri(shared.Url + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "text/xml");
        return await http.SendAsync(request);
    }
}
