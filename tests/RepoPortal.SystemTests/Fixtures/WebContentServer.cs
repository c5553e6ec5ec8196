using System.Security.Cryptography;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>A server with the repository <c>atlas</c>: awkward names, files of every sort, a directory that is hidden from somebody, and one that somebody sees nothing but.</summary>
public sealed class WebContentServer : IAsyncLifetime
{
    /// <summary>What whoever is kept out may never be told.</summary>
    public static readonly string[] Secrets = ["secret", "blueprint", "XYLOPHONE"];

    /// <summary>Names that mean something to addresses, HTML or file systems; the last two differ by their normal form only.</summary>
    public static readonly string[] Names =
    [
        "a b.txt", "100%.txt", "a%2Fb.txt", "c#d.txt", "plus+.txt", "what?.txt", "<b>bold.txt", "quote'\".txt", "semi;colon&.txt", "é.txt", "e\u0301.txt",
    ];

    public const int ManyFiles = 450;

    public RunningServer Server { get; private set; } = null!;

    /// <summary>What <c>big.bin</c> has.</summary>
    public byte[] Content { get; } = RandomNumberGenerator.GetBytes(3_000_000);

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        var token = await Server.AddUserAsync("owner");
        foreach (var who in (string[])["limited-reader", "path-reader", "stranger"])
            await Server.RunAsync(["user", "add", who, "--email", $"{who}@lab.example", "--password-stdin"], RunningServer.Password + "\n");
        await Server.RunAsync(["user", "add", "admin", "--admin", "--email", "admin@lab.example", "--password-stdin"], RunningServer.Password + "\n");
        using var api = new Api(Server.Address, token);
        await MakeAsync(api, token);
    }

    public Task<WebSession> OpenAsync(string who) => WebSession.OpenAsync(Server.Address, who);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task MakeAsync(Api api, string token)
    {
        var url = new Uri(Server.Address, "repos/atlas").ToString();
        await api.CreateReadyAsync("atlas", "private", "standard");
        await api.CreateReadyAsync("nothing-yet");
        await api.ExpectAsync(HttpMethod.Put, "repositories/atlas/members/limited-reader", new { access = "read" });
        using var scratch = new Scratch();
        var svn = new SvnClient(scratch.Path, "owner", token);
        Directory.CreateDirectory(scratch["tree/docs"]);
        Directory.CreateDirectory(scratch["tree/secret"]);
        Directory.CreateDirectory(scratch["tree/many"]);
        await WriteAsync("README.md", "# Atlas of the seas\n\n<script>alert('README')</script>\n\n[The guide](docs/guide.md) ![logo](logo.svg)\n");
        await WriteAsync("docs/guide.md", "# The guide\n");
        await WriteAsync("secret/README.md", "XYLOPHONE\n");
        await WriteAsync("secret/blueprint.txt", "XYLOPHONE\n");
        await WriteAsync("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\" onload=\"alert(1)\"><rect width=\"8\" height=\"8\"/></svg>");
        await WriteAsync("page.html", "<script>document.title = 'taken over'</script>\n");
        await WriteAsync("gone.txt", "was here\n");
        await WriteAsync("run.sh", "#!/bin/sh\n");
        await WriteAsync("table.csv", "a,b\n1,2\n");
        foreach (var name in Names)
            await WriteAsync(name, $"content of {name}\n");
        for (var i = 0; i < ManyFiles; i++)
            await WriteAsync($"many/file-{i:000}.txt", $"{i}\n");
        await File.WriteAllBytesAsync(scratch["tree/big.bin"], Content);
        File.SetUnixFileMode(scratch["tree/run.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(scratch["tree/link"], "docs/guide.md");
        await svn.RunAsync("import", "-q", "tree", $"{url}/trunk", "-m", "Everything, the XYLOPHONE too");
        await svn.RunAsync("delete", "-q", $"{url}/trunk/gone.txt", "-m", "Not needed any more");
        await svn.RunAsync("copy", "-q", $"{url}/trunk/docs", $"{url}/tags/docs-1", "-m", "The docs as they were");
        await svn.RunAsync("lock", "-q", $"{url}/trunk/run.sh", "-m", "while I test it");
        await svn.RunAsync("lock", "-q", $"{url}/trunk/secret/blueprint.txt", "-m", "XYLOPHONE at work");
        await api.ExpectAsync(HttpMethod.Put, "repositories/atlas/rules", new
        {
            rules = new[]
            {
                new { path = "/trunk/secret", who = "user:limited-reader", access = "none" },
                new { path = "/trunk/docs", who = "user:path-reader", access = "read" },
            },
        });

        Task WriteAsync(string path, string content) => File.WriteAllTextAsync(Path.Combine(scratch["tree"], path), content);
    }
}
