using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Gateway.Claims;

namespace RepoPortal.Tests.Gateway.Claims;

/// <summary>What a client claims to have, and what of it is hidden from it: <c>/trunk/vault</c> is, <c>/branches/all</c> beside it is a copy that is not.</summary>
public sealed class UpdateReportTests
{
    private const string Whole = """<S:entry rev="5"></S:entry>""";

    private static readonly PathSight Sight = new([new SightChange("/", true), new SightChange("/trunk/vault", false), new SightChange("/trunk/vault/open", true)]);

    [Theory]
    [InlineData("/repos/lab/trunk/vault", "/repos/lab/trunk/open", Whole)]
    [InlineData("/repos/lab/trunk/%76ault", "/repos/lab/trunk/open", Whole)]
    [InlineData("http://elsewhere.example/repos/lab/trunk/vault", "/repos/lab/trunk/open", Whole)]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", Whole)]
    [InlineData("/repos/lab", "/repos/lab/branches", Whole)]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5" depth="immediates"/>""")]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5" depth="unheard-of"/>""")]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5" depth="empty"/><S:entry rev="5">vault</S:entry>""")]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5" depth="files"/><S:entry rev="5">vault/sub</S:entry>""")]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5" start-empty="true"/><S:entry rev="5">vault</S:entry>""")]
    [InlineData("/repos/lab/trunk/open", "/repos/lab/trunk/open", """<S:entry rev="5"/><S:entry rev="5" linkpath="/trunk/vault/plan">readme</S:entry>""")]
    [InlineData("/repos/lab/trunk/open", "/repos/lab/trunk/open", """<S:entry rev="5"/><S:entry rev="5" linkpath="/trunk">docs</S:entry>""")]
    [InlineData("/repos/lab/trunk/open", "/repos/lab/trunk/open", """<S:entry rev="5"/><S:entry rev="5" D:linkpath="/trunk">docs</S:entry>""")]
    [InlineData("/repos/lab/trunk", "/repos/lab/trunk/open", Whole, "<S:update-target>vault</S:update-target>")]
    public void Whoever_claims_to_have_what_is_hidden_is_suspected(string source, string destination, string entries, string more = "") =>
        Assert.NotEmpty(Read(source, destination, entries, more)!.Suspects(Sight));

    [Theory]
    [InlineData("/repos/lab/trunk/open", "/repos/lab/trunk/more", Whole)]
    [InlineData("/repos/lab/trunk/vault/open", "/repos/lab/trunk/more", Whole)]
    [InlineData("/repos/lab/trunk/vaulted", "/repos/lab/trunk/more", Whole)]
    [InlineData("/repos/lab/branches/all", "/repos/lab/trunk", Whole)]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5"/><S:entry rev="4">open</S:entry><S:missing>vault</S:missing>""")]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5" start-empty="true"/>""")]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5" depth="empty"/>""")]
    [InlineData("/repos/lab", "/repos/lab/branches", """<S:entry rev="5" depth="immediates"/>""")]
    [InlineData("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5"/><S:entry rev="5" linkpath="/branches/all/vault">vault</S:entry>""")]
    public void Whoever_has_what_they_may_see_is_not(string source, string destination, string entries) =>
        Assert.Empty(Read(source, destination, entries)!.Suspects(Sight));

    [Fact]
    public void Of_a_directory_of_which_only_files_are_there_only_a_file_counts()
    {
        var suspect = Assert.Single(Read("/repos/lab/trunk", "/repos/lab/branches/all", """<S:entry rev="5" depth="files"/>""")!.Suspects(Sight));
        Assert.Equal((new PathAtRevision("/trunk/vault", 5), true), (suspect.Source, suspect.IfFile));
    }

    [Theory]
    [InlineData("<S:log-report xmlns:S=\"svn:\"><S:path>trunk/vault</S:path></S:log-report>")]
    [InlineData("<S:update-report xmlns:S=\"svn:\"><S:src-path>/repos/lab/trunk/vault</S:src-path><S:entry rev=\"1\"/></S:update-report>")]
    public void Other_reports_and_updates_without_a_switch_are_not_looked_at(string body)
    {
        Assert.True(UpdateReport.TryRead(body, RepositoryName.Parse("lab"), out var claims, out _));
        Assert.Null(claims);
    }

    [Theory]
    [InlineData("/repos/lab//trunk", Whole)]
    [InlineData("/repos/lab/!svn/rvr/5/trunk/vault", Whole)]
    [InlineData("/repos/lab/%21svn/rvr/5/trunk/vault", Whole)]
    [InlineData("/repos/other/trunk", Whole)]
    [InlineData("/repos/lab/trunk/../trunk/vault", Whole)]
    [InlineData("/repos/lab/trunk", "")]
    [InlineData("/repos/lab/trunk", "<S:missing>vault</S:missing>")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:entry rev="5"/>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:entry>a</S:entry>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:entry rev="5">a//b</S:entry>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:entry rev="5">./vault</S:entry>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:entry rev="5">va<S:x/>ult</S:entry>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:entry rev="5" linkpath="trunk/vault">a</S:entry>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:entry rev="5" linkpath="/trunk" D:linkpath="/x">a</S:entry>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:entry rev="5">vault/sub</S:entry><S:entry rev="5">open</S:entry><S:missing>vault</S:missing>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:missing>a</S:missing><S:missing>a</S:missing>""")]
    [InlineData("/repos/lab/trunk", """<S:entry rev="5"/><S:src-path>/repos/lab/trunk/vault</S:src-path>""")]
    public void What_svn_would_not_write_is_refused(string source, string entries) => Assert.Null(Read(source, "/repos/lab/branches/all", entries));

    private static UpdateClaims? Read(string source, string destination, string entries, string more = "")
    {
        var body = $"""<?xml version="1.0"?><S:update-report xmlns:S="svn:" xmlns:D="DAV:" send-all="true"><S:src-path>{source}</S:src-path><S:dst-path>{destination}</S:dst-path>{more}{entries}</S:update-report>""";
        Assert.True(UpdateReport.TryRead(body, RepositoryName.Parse("lab"), out var claims, out var refusal) == refusal is null);
        Assert.True(claims is null == refusal is not null);
        return claims;
    }
}
