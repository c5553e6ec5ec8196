using System.Security.Cryptography;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The shared server with the repository <c>atlas</c>: awkward names, files of every sort, and a directory that is hidden from somebody.</summary>
public sealed class WebContentServer(SharedServer shared) : IAsyncLifetime
{
    /// <summary>What whoever is kept out may never be told.</summary>
    public static readonly string[] Secrets = ["secret", "blueprint", "XYLOPHONE"];

    /// <summary>Names that mean something to addresses, HTML or file systems; the last two differ by their normal form only.</summary>
    public static readonly string[] Names =
    [
        "a b.txt", "100%.txt", "a%2Fb.txt", "c#d.txt", "plus+.txt", "what?.txt", "<b>bold</b>.txt", "quote'\".txt", "semi;colon&.txt", "é.txt", "e\u0301.txt",
    ];

    public const int ManyFiles = 450;

    private static readonly Lock Gate = new();
    private static Task<byte[]>? _made;

    public RunningServer Server => shared.Server;

    /// <summary>What <c>big.bin</c> has.</summary>
    public byte[] Content { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await shared.StartedAsync();
        Task<byte[]> made;
        lock (Gate)
            made = _made ??= MakeAsync();
        Content = await made;
    }

    public Task<WebSession> OpenAsync(string who) => WebSession.OpenAsync(Server.Address, who);

    public SvnClient Client(string directory, string who) => shared.Client(directory, who);

    public string Url => shared.Url("atlas");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<byte[]> MakeAsync()
    {
        using var api = shared.Api("owner");
        await api.CreateReadyAsync("atlas", "private", "standard");
        await api.CreateReadyAsync("nothing-yet");
        await api.ExpectAsync(HttpMethod.Put, "repositories/atlas/members/limited-reader", new { access = "read" });
        using var scratch = new Scratch();
        var big = RandomNumberGenerator.GetBytes(3_000_000);
        var svn = shared.Client(scratch.Path, "owner");
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
        await File.WriteAllBytesAsync(scratch["tree/big.bin"], big);
        File.SetUnixFileMode(scratch["tree/run.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(scratch["tree/link"], "docs/guide.md");
        await svn.RunAsync("import", "-q", "tree", $"{Url}/trunk", "-m", "Everything, the XYLOPHONE too");
        await svn.RunAsync("delete", "-q", $"{Url}/trunk/gone.txt", "-m", "Not needed any more");
        await svn.RunAsync("copy", "-q", $"{Url}/trunk/docs", $"{Url}/tags/docs-1", "-m", "The docs as they were");
        await svn.RunAsync("lock", "-q", $"{Url}/trunk/run.sh", "-m", "while I test it");
        await api.ExpectAsync(HttpMethod.Put, "repositories/atlas/rules", new { rules = new[] { new { path = "/trunk/secret", who = "user:limited-reader", access = "none" } } });
        return big;

        Task WriteAsync(string path, string content) => File.WriteAllTextAsync(Path.Combine(scratch["tree"], path), content);
    }
}
