using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Faults;

/// <summary>The disks of the repositories and of the record are full to the last byte: nothing is lost, it is said in a sentence, and it goes on when there is room.</summary>
public sealed class FullDisks : IDisposable
{
    private const int Imported = 12;

    private readonly Scratch _scratch = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Commits_imports_and_new_repositories_meet_a_full_disk_and_go_on_when_there_is_room() => OwnMounts.RunAsync(typeof(FullDisks), nameof(Fills_the_disk_of_the_repositories_and_then_that_of_the_record));

    [Fact(Explicit = true)]
    public async Task Fills_the_disk_of_the_repositories_and_then_that_of_the_record()
    {
        var (source, dump) = await NoisyHistoryAsync();
        Directory.CreateDirectory(_scratch["backups"]);
        await using var server = await RunningServer.StartAsync(
            data =>
            {
                OwnMounts.Mount(Directory.CreateDirectory(data).FullName, megabytes: 64);
                OwnMounts.Mount(Directory.CreateDirectory(Path.Combine(data, "nodes")).FullName, megabytes: 16);
            },
            "RepoPortal__StorageNode__MinimumFreeMegabytes=0", $"RepoPortal__Backup__Directory={_scratch["backups"]}");
        var nodes = Path.Combine(server.Data, "nodes");
        using var mounted = OwnMounts.Until(nodes, server.Data);
        var token = await server.AddUserAsync("mei", "--admin");
        using var api = new Api(server.Address, token);
        var svn = new SvnClient(_scratch.Path, "mei", token);
        var url = (await api.CreateReadyAsync("cores", layout: "standard")).GetProperty("svnUrl").GetString()!;
        await svn.RunAsync("checkout", "-q", $"{url}/trunk", "wc");

        // An import fills it.
        var failed = await server.TryRunAsync(["repository", "import", "imported", "--dump", dump]);
        Assert.Equal(1, failed.ExitCode);
        Assert.Matches("The disk of the storage node is full. The revisions up to [1-9][0-9]? are whole.", failed.Error);
        var whole = await api.ExpectAsync(HttpMethod.Get, "repositories/imported");
        Assert.Equal("failed", whole.GetProperty("state").GetString());
        Assert.Contains("The disk of the storage node is full.", whole.ToString(), StringComparison.Ordinal);

        // And then to the last byte.
        var ballast = OwnMounts.Fill(nodes);
        await File.WriteAllBytesAsync(_scratch["wc/noise"], RandomNumberGenerator.GetBytes(100_000), Cancellation);
        await svn.RunAsync("add", "-q", "wc/noise");
        var refused = await svn.TryAsync("commit", "wc", "-m", "with noise");
        Assert.Contains("E000028", refused.StandardError, StringComparison.Ordinal);
        Assert.Contains("trunk/", await svn.RunAsync("ls", url), StringComparison.Ordinal);
        Assert.Contains("r1 | mei", await svn.RunAsync("log", "-q", url), StringComparison.Ordinal);
        await api.CreateAsync("unmade");
        await Eventually.TrueAsync(async () => (await api.ExpectAsync(HttpMethod.Get, "repositories/unmade")).GetProperty("state").GetString() == "failed");
        Assert.Contains("the disk of the storage node is full", (await api.ExpectAsync(HttpMethod.Get, "repositories/unmade")).ToString(), StringComparison.Ordinal);
        var upload = (await api.ExpectAsync(HttpMethod.Post, "uploads", new { length = 100_000 })).GetProperty("id").GetGuid();
        Assert.Contains("the disk of the storage node is full", await SendAsync(server, token, upload, 0, new byte[100_000]), StringComparison.Ordinal);

        File.Delete(ballast);
        OwnMounts.Change(nodes, megabytes: 64);
        Assert.Contains("Committed revision 2.", await svn.RunAsync("commit", "wc", "-m", "with noise"), StringComparison.Ordinal);
        var here = (int)(await api.ExpectAsync(HttpMethod.Get, $"uploads/{upload}")).GetProperty("offset").GetInt64();
        Assert.Contains("\"offset\":100000", await SendAsync(server, token, upload, here, new byte[100_000 - here]), StringComparison.Ordinal);
        Assert.Contains($"Imported {Imported} revisions", await server.RunAsync(["repository", "import", "imported", "--dump", dump]), StringComparison.Ordinal);
        await RequireSameAsync(source, Directory.GetDirectories(Path.Combine(nodes, "node-1", "store")).Order(StringComparer.Ordinal).Last());

        // The disk of the record, which notes every commit.
        ballast = OwnMounts.Fill(server.Data);
        for (var revision = 3; revision <= 6; revision++)
            Assert.Contains($"Committed revision {revision}.", await svn.RunAsync("mkdir", $"{url}/trunk/{revision}", "-m", "more"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("repositories/cores")).Status);
        Assert.NotEqual(HttpStatusCode.Created, (await api.CreateAsync("never")).Status);
        File.Delete(ballast);
        await api.CreateReadyAsync("never");
        await Eventually.TrueAsync(async () => (await api.ExpectAsync(HttpMethod.Get, "repositories/cores")).GetProperty("youngest").GetInt64() == 6, TimeSpan.FromSeconds(60));
        await server.RunAsync(["backup", "run", "--wait"]);
        await server.RunAsync(["backup", "verify"]);
        Assert.Contains("all whole", await server.RunAsync(["audit", "verify"]), StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<(string Repository, string Dump)> NoisyHistoryAsync()
    {
        var (repository, dump, noise) = (_scratch["source"], _scratch["dump"], _scratch["noise"]);
        await Cli.Wrap("svnadmin").WithArguments(["create", repository]).ExecuteAsync(Cancellation);
        for (var revision = 1; revision <= Imported; revision++)
        {
            await File.WriteAllBytesAsync(noise, RandomNumberGenerator.GetBytes(2 << 20), Cancellation);
            await Cli.Wrap("svnmucc").WithArguments(["-u", "ada", "-m", "more", "-U", new Uri(repository).AbsoluteUri, "put", noise, string.Create(CultureInfo.InvariantCulture, $"noise-{revision}")]).ExecuteBufferedAsync(Cancellation);
        }

        await Cli.Wrap("svnadmin").WithArguments(["dump", "-q", repository]).WithStandardOutputPipe(PipeTarget.ToFile(dump)).ExecuteAsync(Cancellation);
        return (repository, dump);
    }

    // Ids are in the order in which repositories were made.
    private static async Task RequireSameAsync(string source, string repository)
    {
        var stored = Path.Combine(repository, "1");
        await Cli.Wrap("svnadmin").WithArguments(["verify", "-q", stored]).ExecuteAsync(Cancellation);
        Assert.Equal(await DigestAsync(source), await DigestAsync(stored));
    }

    private static async Task<string> DigestAsync(string repository) =>
        (await Cli.Wrap("sh").WithArguments(["-c", "svnadmin dump -q \"$0\" | sha256sum", repository]).ExecuteBufferedAsync(Cancellation)).StandardOutput;

    private static async Task<string> SendAsync(RunningServer server, string token, Guid upload, int offset, byte[] content)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(server.Address, $"api/v1/uploads/{upload}")) { Content = new ByteArrayContent(content) };
        request.Headers.Add("Authorization", $"Bearer {token}");
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        using var response = await client.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }
}
