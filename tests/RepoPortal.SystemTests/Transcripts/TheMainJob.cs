using System.Net;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>What a researcher and a collaborator do with the stock client, from an account to a working copy.</summary>
public sealed class TheMainJob(MainJobServer shared) : IClassFixture<MainJobServer>, IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task An_owner_checks_out_commits_copies_moves_locks_and_reads_the_log()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        var repository = await api.CreateReadyAsync("climate-model", layout: "standard");
        var url = repository.GetProperty("svnUrl").GetString()!;
        Assert.Equal(new Uri(shared.Server.Address, "repos/climate-model").ToString(), url);
        var svn = new SvnClient(_scratch.Path, "mei", shared.OwnerToken);

        await svn.RunAsync("checkout", $"{url}/trunk", "wc");
        await File.WriteAllTextAsync(_scratch["wc/a file with % # ? [brackets] ü.txt"], "one\n", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(_scratch["wc/src"]);
        await File.WriteAllTextAsync(_scratch["wc/src/main.c"], "int main;\n", TestContext.Current.CancellationToken);
        await svn.RunAsync("add", "wc/src", "wc/a file with % # ? [brackets] ü.txt");
        Assert.Contains("Committed revision 2.", await svn.RunAsync("commit", "wc", "-m", "First work"), StringComparison.Ordinal);

        Assert.Equal("one\n", await svn.RunAsync("cat", "wc/a file with % # ? [brackets] ü.txt"));

        Assert.Contains("Committed revision 3.", await svn.RunAsync("copy", $"{url}/trunk", $"{url}/branches/fram", "-m", "Branch"), StringComparison.Ordinal);
        Assert.Contains("Committed revision 4.", await svn.RunAsync("move", $"{url}/branches/fram", $"{url}/branches/fram-strait", "-m", "Rename"), StringComparison.Ordinal);
        await svn.RunAsync("update", "wc");
        await svn.RunAsync("move", "wc/src/main.c", "wc/src/model.c");
        await svn.RunAsync("commit", "wc", "-m", "Move a file");
        await svn.RunAsync("update", "wc");
        Assert.Contains("locked by user 'mei'", await svn.RunAsync("lock", "wc/src/model.c", "-m", "Mine"), StringComparison.Ordinal);
        Assert.Contains("unlocked", await svn.RunAsync("unlock", "wc/src/model.c"), StringComparison.Ordinal);

        var log = await svn.RunAsync("log", "-v", "-q", url);
        Assert.Equal(5, log.Split('\n').Count(line => line.Contains(" | mei | ", StringComparison.Ordinal)));
        Assert.Contains("A /branches/fram-strait (from /branches/fram:3)", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_appears_in_the_record_with_its_revision()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        var url = (await api.CreateReadyAsync("recorded")).GetProperty("svnUrl").GetString()!;
        var svn = new SvnClient(_scratch.Path, "mei", shared.OwnerToken);
        await svn.RunAsync("mkdir", $"{url}/trunk", "-m", "Begin");
        await Eventually.TrueAsync(async () => (await api.GetAsync("repositories/recorded")).Body.GetProperty("youngest").GetInt64() == 1);
    }

    [Fact]
    public async Task A_member_reads_writes_and_is_refused_from_the_moment_of_removal()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        var url = (await api.CreateReadyAsync("shared-work")).GetProperty("svnUrl").GetString()!;
        var jonas = new SvnClient(_scratch.Path, "jonas", shared.ReaderToken);

        Assert.NotEqual(0, (await jonas.TryAsync("ls", url)).ExitCode);
        Assert.Equal(HttpStatusCode.OK, await GrantAsync(api, "shared-work", "read"));
        await jonas.RunAsync("ls", url);
        var refused = await jonas.TryAsync("mkdir", $"{url}/mine", "-m", "No");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("read", refused.StandardError, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(HttpStatusCode.OK, await GrantAsync(api, "shared-work", "write"));
        await jonas.RunAsync("mkdir", $"{url}/mine", "-m", "Yes");
        Assert.True((int)(await api.SendAsync(HttpMethod.Delete, "repositories/shared-work/members/jonas")).Status is 200 or 204);
        Assert.NotEqual(0, (await jonas.TryAsync("ls", url)).ExitCode);
    }

    [Fact]
    public async Task Anybody_reads_a_public_repository_and_nobody_writes_without_credentials()
    {
        using var api = new Api(shared.Server.Address, shared.OwnerToken);
        var url = (await api.CreateReadyAsync("open-data", visibility: "public", layout: "standard")).GetProperty("svnUrl").GetString()!;
        var anonymous = new SvnClient(_scratch.Path);
        Assert.Contains("trunk/", await anonymous.RunAsync("ls", url), StringComparison.Ordinal);
        Assert.NotEqual(0, (await anonymous.TryAsync("mkdir", $"{url}/x", "-m", "No")).ExitCode);
    }

    public void Dispose() => _scratch.Dispose();

    private static async Task<HttpStatusCode> GrantAsync(Api api, string repository, string access) =>
        (await api.SendAsync(HttpMethod.Put, $"repositories/{repository}/members/jonas", new { access })).Status;
}
