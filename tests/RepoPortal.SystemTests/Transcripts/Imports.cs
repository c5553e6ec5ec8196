using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>Bringing histories in, with the commands and the API that people have, and with what goes wrong.</summary>
public sealed class Imports : IDisposable
{
    private const int Commits = 40;

    private const string GitHistory = """
        git init -q -b main "$0" && cd "$0"
        git config user.name Ada && git config user.email ada@lab.example
        echo one > file && git add file && git commit -q -m one && git tag v1
        git checkout -q -b side && echo side > file && git commit -q -a -m side
        git checkout -q main && echo two > file && git commit -q -a -m two
        git notes add -m "a note"
        """;

    private readonly Scratch _scratch = new();

    [Fact]
    public async Task The_command_imports_a_dump_goes_on_after_a_truncated_one_or_keeps_what_is_whole()
    {
        var (source, dump) = await HistoryAsync();
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        await server.AddUserAsync("john");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var cut = _scratch["cut"];
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(dump))[..^60]);
        await File.WriteAllTextAsync(_scratch["authors"], "# who is who\njdoe = john\n");

        var failed = await server.TryRunAsync(["repository", "import", "cores", "--dump", cut, "--authors", _scratch["authors"]]);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("Revision 40 cannot be read: the dump ends in the middle of it. The revisions up to 39 are whole.", failed.Error, StringComparison.Ordinal);
        Assert.Equal("failed", (await api.ExpectAsync(HttpMethod.Get, "repositories/cores")).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await api.CreateAsync("cores")).Status);

        Assert.Contains("Imported 40 revisions", await server.RunAsync(["repository", "import", "cores", "--dump", dump]), StringComparison.Ordinal);
        var url = new Uri(server.Address, "repos/cores").ToString();
        var log = await svn.RunAsync("log", "-q", url);
        Assert.Contains("r40 | john |", log, StringComparison.Ordinal);
        Assert.DoesNotContain("jdoe", log, StringComparison.Ordinal);
        await svn.RunAsync("checkout", "-q", url, _scratch["work"]);
        Assert.Equal(40, Directory.GetFiles(Path.Combine(_scratch["work"], "trunk")).Length);
        Assert.Contains("Committed revision 41.", await svn.RunAsync("mkdir", $"{url}/branches", "-m", "goes on"), StringComparison.Ordinal);
        // A working copy of the source is relocated, because the UUID is the same.
        await Cli.Wrap("svn").WithArguments(["checkout", "-q", new Uri(source).AbsoluteUri, _scratch["old"]]).ExecuteAsync();
        await svn.RunAsync("relocate", url, _scratch["old"]);
        await svn.RunAsync("update", "-q", _scratch["old"]);

        await server.TryRunAsync(["repository", "import", "part", "--dump", cut]);
        Assert.Contains("Serves the 39 revisions that were whole.", await server.RunAsync(["repository", "import", "part", "--keep"]), StringComparison.Ordinal);
        Assert.Contains("r39 | jdoe", await svn.RunAsync("log", "-q", "-l1", new Uri(server.Address, "repos/part").ToString()), StringComparison.Ordinal);
        var commits = await api.ExpectAsync(HttpMethod.Get, "repositories/part");
        Assert.Equal(39, commits.GetProperty("youngest").GetInt64());
    }

    [Fact]
    public async Task The_command_imports_a_git_repository_with_its_branches_and_says_what_is_not_carried()
    {
        var git = _scratch["git"];
        await Cli.Wrap("sh").WithArguments(["-ec", GitHistory, git]).WithEnvironmentVariables(set => set.Set("HOME", _scratch.Path).Set("GIT_CONFIG_NOSYSTEM", "1")).ExecuteAsync();
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        await File.WriteAllTextAsync(_scratch["authors"], "ada@lab.example = mei\n");

        Assert.Contains("Name one source", (await server.TryRunAsync(["repository", "import", "cores", "--git", git, "--dump", git])).Error, StringComparison.Ordinal);
        var nothing = await server.TryRunAsync(["repository", "import", "cores", "--git", _scratch["nowhere"]]);
        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("is no directory", nothing.Error, StringComparison.Ordinal);

        var said = await server.RunAsync(["repository", "import", "cores", "--git", git, "--authors", _scratch["authors"]]);
        Assert.Contains("Imported 5 revisions from a git repository that an administrator named. Not carried: 1 reference that is no branch or tag ('refs/notes/commits').", said, StringComparison.Ordinal);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = new Uri(server.Address, "repos/cores").ToString();
        Assert.Contains("r2 | mei |", await svn.RunAsync("log", "-q", $"{url}/trunk"), StringComparison.Ordinal);
        await svn.RunAsync("checkout", "-q", url, _scratch["work"]);
        foreach (var (path, text) in new[] { ("trunk/file", "two\n"), ("branches/side/file", "side\n"), ("tags/v1/file", "one\n") })
            Assert.Equal(text, await File.ReadAllTextAsync(Path.Combine(_scratch["work"], path)));
    }

    [Fact]
    public async Task An_import_goes_on_by_itself_after_the_server_was_killed()
    {
        var (_, dump) = await HistoryAsync(commits: 400);
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var upload = await UploadAsync(server, token, await File.ReadAllBytesAsync(dump));
        await api.ExpectAsync(HttpMethod.Post, "imports", new { name = "cores", upload });

        for (var kills = 0; kills < 3; kills++)
        {
            var before = LoadedRevisions(server);
            await Eventually.TrueAsync(() => Task.FromResult(LoadedRevisions(server) > before || IsStored(server)), TimeSpan.FromSeconds(60));
            await server.KillAsync();
            await server.RestartAsync();
        }

        await Eventually.TrueAsync(
            async () => (await api.ExpectAsync(HttpMethod.Get, "repositories/cores")) is var now && now.GetProperty("state").GetString() == "ready" && now.GetProperty("youngest").GetInt64() == 400,
            TimeSpan.FromSeconds(120));
        var svn = new SvnClient(_scratch.Path, "mei", token);
        await svn.RunAsync("export", "-q", new Uri(server.Address, "repos/cores/trunk").ToString(), _scratch["exported"]);
        Assert.Equal(400, Directory.GetFiles(_scratch["exported"]).Length);
        var stored = Directory.GetDirectories(Path.Combine(server.Data, "nodes", "node-1", "store")).Single();
        await Cli.Wrap("svnadmin").WithArguments(["verify", "-q", Path.Combine(stored, "1")]).ExecuteAsync();
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(server.Data, "nodes", "node-1", "imports")));
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetFileSystemEntries(Path.Combine(server.Data, "nodes", "node-1", "uploads")).Length == 0));
    }

    [Fact]
    public async Task One_from_git_that_the_server_was_killed_in_becomes_what_an_undisturbed_one_does()
    {
        const int Count = 500;
        var git = _scratch["git"];
        await MakeGitAsync(git, Count);
        await using var server = await RunningServer.StartAsync();
        await server.AddUserAsync("mei", "--admin");
        var killed = server.RunAsync(["repository", "import", "killed", "--git", git]);
        await Eventually.TrueAsync(() => Task.FromResult(LoadedRevisions(server) > 20), TimeSpan.FromSeconds(60));
        await server.KillAsync();
        Assert.False(IsStored(server), "it was over before the kill");
        var before = LoadedRevisions(server);
        await server.RestartAsync();

        Assert.Contains($"Imported {Count + 1} revisions", await killed, StringComparison.Ordinal);
        Assert.InRange(before, 1, Count);
        var stored = Directory.GetDirectories(Path.Combine(server.Data, "nodes", "node-1", "store")).Single();
        Assert.Contains($"Imported {Count + 1} revisions", await server.RunAsync(["repository", "import", "undisturbed", "--git", git]), StringComparison.Ordinal);
        var other = Directory.GetDirectories(Path.Combine(server.Data, "nodes", "node-1", "store")).Single(path => path != stored);
        await Cli.Wrap("svnadmin").WithArguments(["verify", "-q", Path.Combine(stored, "1")]).ExecuteAsync();
        Assert.Equal(await DigestAsync(Path.Combine(other, "1")), await DigestAsync(Path.Combine(stored, "1")));
    }

    [Fact]
    public async Task An_upload_goes_on_where_it_ended_and_is_nobody_elses()
    {
        await using var server = await RunningServer.StartAsync("RepoPortal__Import__MaxUploadMegabytes=1", "RepoPortal__Import__MaxUploads=1");
        var token = await server.AddUserAsync("mei");
        using var api = new Api(server.Address, token);
        using var other = new Api(server.Address, await server.AddUserAsync("tom"));
        Assert.Equal(HttpStatusCode.BadRequest, (await api.SendAsync(HttpMethod.Post, "uploads", new { length = 2_000_000 })).Status);
        var upload = await api.ExpectAsync(HttpMethod.Post, "uploads", new { length = 10 });
        var path = $"uploads/{upload.GetProperty("id").GetGuid()}";
        Assert.Equal(HttpStatusCode.Conflict, (await api.SendAsync(HttpMethod.Post, "uploads", new { length = 10 })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).Status);

        Assert.Equal((HttpStatusCode.OK, 4), await SendPieceAsync(server, token, path, 0, "0123"u8.ToArray()));
        Assert.Equal(HttpStatusCode.Conflict, (await SendPieceAsync(server, token, path, 0, "0123"u8.ToArray())).Status);
        await server.KillAsync();
        await server.RestartAsync();
        Assert.Equal(4, (await api.ExpectAsync(HttpMethod.Get, path)).GetProperty("offset").GetInt64());
        // What is beyond the length that was said is left.
        Assert.Equal((HttpStatusCode.OK, 10), await SendPieceAsync(server, token, path, 4, "456789ABCDEF"u8.ToArray()));
        var file = Directory.GetFiles(Path.Combine(server.Data, "nodes", "node-1", "uploads")).Single();
        Assert.Equal("0123456789", await File.ReadAllTextAsync(file));

        Assert.Equal(HttpStatusCode.BadRequest, (await other.SendAsync(HttpMethod.Post, "imports", new { name = "stolen", upload = upload.GetProperty("id").GetGuid() })).Status);
        var task = await api.ExpectAsync(HttpMethod.Post, "imports", new { name = "digits", upload = upload.GetProperty("id").GetGuid() });
        var failed = await api.UntilOverAsync(task);
        Assert.Contains("This is no dump of a Subversion repository", failed.GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, "repositories/digits")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.False(File.Exists(file));
        await Eventually.TrueAsync(async () => (await api.GetAsync("repositories/digits")).Status == HttpStatusCode.NotFound);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(server.Data, "nodes", "node-1", "imports")));
    }

    [Fact]
    public async Task A_repository_on_the_machine_is_adopted_in_place_of_a_copy()
    {
        var (source, _) = await HistoryAsync();
        await File.WriteAllTextAsync(Path.Combine(source, "hooks", "pre-commit"), "#!/bin/sh\nexit 1\n");
        await using var server = await RunningServer.StartAsync();
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var uuid = (await Cli.Wrap("svnlook").WithArguments(["uuid", source]).ExecuteBufferedAsync()).StandardOutput.Trim();
        var link = _scratch["link"];
        Directory.CreateSymbolicLink(link, source);

        foreach (var (path, reason) in new[] { (link, "leads through a link"), (_scratch["nowhere"], "is no repository"), (server.Data, "is no repository") })
        {
            var refused = await server.TryRunAsync(["repository", "adopt", path, "cores"]);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, "repositories/cores")).Status);
            await Eventually.TrueAsync(async () => (await api.GetAsync("repositories/cores")).Status == HttpStatusCode.NotFound);
        }

        Assert.Contains("Adopted", await server.RunAsync(["repository", "adopt", source, "cores"]), StringComparison.Ordinal);
        Assert.False(Directory.Exists(source));
        var url = new Uri(server.Address, "repos/cores").ToString();
        Assert.Contains(uuid, await svn.RunAsync("info", url), StringComparison.Ordinal);
        Assert.Contains("Committed revision 41.", await svn.RunAsync("mkdir", $"{url}/branches", "-m", "no hook of before refuses it"), StringComparison.Ordinal);
        var stored = Path.Combine(Directory.GetDirectories(Path.Combine(server.Data, "nodes", "node-1", "store")).Single(), "1");
        Assert.True(File.Exists(Path.Combine(stored, "repoportal", "hooks-before", "pre-commit")));
        Assert.Contains("is within the data of this server", (await server.TryRunAsync(["repository", "adopt", stored, "twice"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_is_read_from_another_server_whose_password_is_written_down_nowhere()
    {
        const string Password = "seven-secret-seals";
        var (source, _) = await HistoryAsync();
        await File.WriteAllTextAsync(Path.Combine(source, "conf", "svnserve.conf"), "[general]\nanon-access = none\nauth-access = read\npassword-db = passwd\n");
        await File.WriteAllTextAsync(Path.Combine(source, "conf", "passwd"), $"[users]\nreader = {Password}\n");
        var port = RunningServer.FreePort();
        using var svnserve = Process.Start("svnserve", ["-d", "--foreground", "-r", source, "--listen-host", "127.0.0.1", "--listen-port", port.ToString(CultureInfo.InvariantCulture)]);
        try
        {
            await using (var closed = await RunningServer.StartAsync())
            {
                using var stranger = new Api(closed.Address, await closed.AddUserAsync("mei"));
                foreach (var host in new[] { "127.0.0.1", "localhost", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "2130706433", "0x7f.1" })
                {
                    var refused = await stranger.ExpectAsync(HttpMethod.Post, "imports", new { name = $"r-{Guid.NewGuid():n}"[..20], url = $"svn://{host}:{port}/" });
                    Assert.Contains("is in a network that nothing is imported from", (await stranger.UntilOverAsync(refused)).GetProperty("outcome").GetString(), StringComparison.Ordinal);
                }

                foreach (var address in new[] { "file:///etc", "svn+ssh://host/x", "http://me:secret@host.example/", "--help" })
                    Assert.Equal(HttpStatusCode.BadRequest, (await stranger.SendAsync(HttpMethod.Post, "imports", new { name = "never", url = address })).Status);
                Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("repositories/never")).Status);
            }

            await using var server = await RunningServer.StartAsync("RepoPortal__StorageNode__ImportNetworks__0=127.0.0.0/8");
            var token = await server.AddUserAsync("mei");
            using var api = new Api(server.Address, token);
            var request = new { name = "cores", url = $"svn://127.0.0.1:{port}/", user = "reader", password = Password };
            var wrong = await api.ExpectAsync(HttpMethod.Post, "imports", request with { name = "wrong", password = "guess" });
            Assert.Contains("the other server could not be read", (await api.UntilOverAsync(wrong)).GetProperty("outcome").GetString(), StringComparison.OrdinalIgnoreCase);
            var again = await api.ExpectAsync(HttpMethod.Post, "repositories/wrong/import/continue", new { });
            Assert.Contains("The password is not there any more", (await api.UntilOverAsync(again)).GetProperty("outcome").GetString(), StringComparison.Ordinal);
            var right = await api.ExpectAsync(HttpMethod.Post, "repositories/wrong/import/continue", new { password = Password });
            Assert.Equal("done", (await api.UntilOverAsync(right)).GetProperty("state").GetString());
            var done = await api.UntilOverAsync(await api.ExpectAsync(HttpMethod.Post, "imports", request));
            Assert.Contains("Imported 40 revisions", done.GetProperty("outcome").GetString(), StringComparison.Ordinal);
            var svn = new SvnClient(_scratch.Path, "mei", token);
            Assert.Contains("r40 | jdoe", await svn.RunAsync("log", "-q", "-l1", new Uri(server.Address, "repos/cores").ToString()), StringComparison.Ordinal);

            await server.StopAsync();
            var search = await Cli.Wrap("grep").WithArguments(["-raFl", Password, server.Data]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
            Assert.Equal("", search.StandardOutput);
            Assert.DoesNotContain(Password, server.Output, StringComparison.Ordinal);
        }
        finally
        {
            svnserve.Kill();
        }
    }

    public void Dispose() => _scratch.Dispose();

    // By one author, a file with each commit.
    private async Task<(string Repository, string Dump)> HistoryAsync(int commits = Commits)
    {
        var text = new StringBuilder("SVN-fs-dump-format-version: 2\n\nUUID: ").Append(Guid.NewGuid()).Append("\n\nRevision-number: 0\nProp-content-length: 10\nContent-length: 10\n\nPROPS-END\n\n");
        for (var revision = 1; revision <= commits; revision++)
        {
            const string Properties = "K 10\nsvn:author\nV 4\njdoe\nK 8\nsvn:date\nV 27\n2020-01-02T03:04:05.000000Z\nK 7\nsvn:log\nV 1\nx\nPROPS-END\n";
            text.Append(CultureInfo.InvariantCulture, $"Revision-number: {revision}\nProp-content-length: {Properties.Length}\nContent-length: {Properties.Length}\n\n{Properties}\n");
            if (revision == 1)
                text.Append("Node-path: trunk\nNode-kind: dir\nNode-action: add\n\n\n");
            var content = $"content of {revision}\n";
            text.Append(CultureInfo.InvariantCulture, $"Node-path: trunk/file-{revision}\nNode-kind: file\nNode-action: add\nText-content-length: {content.Length}\nContent-length: {content.Length}\n\n{content}\n\n");
        }

        var (repository, dump) = (_scratch["source"], _scratch["dump"]);
        await File.WriteAllTextAsync(dump, text.ToString());
        await Cli.Wrap("svnadmin").WithArguments(["create", repository]).ExecuteAsync();
        await Cli.Wrap("svnadmin").WithArguments(["load", "-q", "--no-flush-to-disk", repository]).WithStandardInputPipe(PipeSource.FromFile(dump)).ExecuteAsync();
        // As svnadmin itself writes it, with checksums.
        await Cli.Wrap("svnadmin").WithArguments(["dump", "-q", repository]).WithStandardOutputPipe(PipeTarget.ToFile(dump)).ExecuteAsync();
        return (repository, dump);
    }

    private static async Task MakeGitAsync(string git, int commits)
    {
        var text = new StringBuilder();
        for (var commit = 1; commit <= commits; commit++)
        {
            var (message, content) = (string.Create(CultureInfo.InvariantCulture, $"commit {commit}"), string.Create(CultureInfo.InvariantCulture, $"content of {commit}\n"));
            text.Append(CultureInfo.InvariantCulture, $"commit refs/heads/main\ncommitter Ada <ada@lab.example> {1600000000 + (commit * 60)} +0000\ndata {message.Length}\n{message}\n");
            text.Append(CultureInfo.InvariantCulture, $"M 100644 inline file-{commit % 40}\ndata {content.Length}\n{content}\n");
        }

        await Cli.Wrap("git").WithArguments(["init", "-q", "--bare", "-b", "main", git]).ExecuteAsync();
        await Cli.Wrap("git").WithArguments(["-C", git, "fast-import", "--quiet"]).WithStandardInputPipe(PipeSource.FromString(text.ToString())).ExecuteAsync();
    }

    // Without what is of this repository alone: its UUID, and the moment it was made at, which revision 0 has.
    private static async Task<string> DigestAsync(string repository) =>
        (await Cli.Wrap("sh").WithArguments(["-c", "svnadmin dump -q -r 1:HEAD --incremental \"$0\" | grep -av '^UUID: ' | sha256sum", repository]).ExecuteBufferedAsync()).StandardOutput;

    private static async Task<Guid> UploadAsync(RunningServer server, string token, byte[] content)
    {
        using var api = new Api(server.Address, token);
        var id = (await api.ExpectAsync(HttpMethod.Post, "uploads", new { length = content.Length })).GetProperty("id").GetGuid();
        var half = content.Length / 2;
        Assert.Equal((HttpStatusCode.OK, half), await SendPieceAsync(server, token, $"uploads/{id}", 0, content[..half]));
        Assert.Equal((HttpStatusCode.OK, content.Length), await SendPieceAsync(server, token, $"uploads/{id}", half, content[half..]));
        return id;
    }

    private static async Task<(HttpStatusCode Status, int Offset)> SendPieceAsync(RunningServer server, string token, string path, int offset, byte[] piece)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(server.Address, $"api/v1/{path}")) { Content = new ByteArrayContent(piece) };
        request.Headers.Add("Authorization", $"Bearer {token}");
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        using var response = await client.SendAsync(request);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return (response.StatusCode, body.TryGetProperty("offset", out var now) ? now.GetInt32() : 0);
    }

    private static long LoadedRevisions(RunningServer server)
    {
        var current = Directory.GetDirectories(Path.Combine(server.Data, "nodes", "node-1", "imports")).Select(path => Path.Combine(path, "repository", "db", "current")).FirstOrDefault(File.Exists);
        // While a repository is being made, the file is empty.
        return current is not null && long.TryParse(File.ReadAllText(current), CultureInfo.InvariantCulture, out var revision) ? revision : 0;
    }

    private static bool IsStored(RunningServer server) => Directory.GetDirectories(Path.Combine(server.Data, "nodes", "node-1", "store")).Length > 0;
}
