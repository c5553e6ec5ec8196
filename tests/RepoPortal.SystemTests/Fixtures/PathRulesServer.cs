using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>
/// A running server with the repository <c>lab</c>, part of which is hidden from some people, and somebody for each way of being kept out. Whatever is hidden
/// has one of the <see cref="Secrets"/> in its name, content, message or property.
/// </summary>
public sealed class PathRulesServer : IAsyncLifetime
{
    /// <summary>The directory that is hidden.</summary>
    public const string Hidden = "trunk/vault";

    /// <summary>What nobody who is kept out may ever be told.</summary>
    public static readonly string[] Secrets = ["vault", "blueprint", "XYLOPHONE"];

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public RunningServer Server { get; private set; } = null!;

    public string Url { get; private set; } = "";

    /// <summary>The revision that changed nothing but what is hidden.</summary>
    public const int HiddenRevision = 3;

    /// <summary>The revision that changed something hidden and something open.</summary>
    public const int MixedRevision = 4;

    public string Token(string who) => _tokens[who];

    public SvnClient Client(string directory, string who) => who == "anonymous" ? new SvnClient(directory) : new SvnClient(directory, who, _tokens[who]);

    /// <summary>HTTP as somebody sends it who has more in mind than their client.</summary>
    public HttpClient Http(string who)
    {
        var http = new HttpClient();
        if (who != "anonymous")
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{who}:{_tokens[who]}")));
        return http;
    }

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        Url = new Uri(Server.Address, "repos/lab").ToString();
        foreach (var who in (string[])["owner", "limited-writer", "limited-reader", "path-reader", "stranger", "suspended"])
            _tokens[who] = await Server.AddUserAsync(who);
        _tokens["outsider"] = await Server.AddUserAsync("outsider", "--external");
        _tokens["admin"] = await Server.AddUserAsync("admin", "--admin");
        using var api = new Api(Server.Address, _tokens["owner"]);
        await api.CreateReadyAsync("lab", "private", "standard");
        foreach (var (who, access) in ((string, string)[])[("limited-writer", "write"), ("limited-reader", "read"), ("suspended", "write")])
            await ExpectAsync(api.SendAsync(HttpMethod.Put, $"repositories/lab/members/{who}", new { access }));
        await FillAsync();
        await ExpectAsync(api.SendAsync(HttpMethod.Put, "repositories/lab/rules", new
        {
            rules = new[]
            {
                new { path = "/" + Hidden, who = "user:limited-writer", access = "none" },
                new { path = "/" + Hidden, who = "user:limited-reader", access = "none" },
                new { path = "/trunk/open", who = "user:path-reader", access = "read" },
                new { path = "/trunk/open/public", who = "anyone", access = "read" },
            },
        }));
        await Server.RunAsync(["user", "suspend", "suspended"]);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task FillAsync()
    {
        using var scratch = new Scratch();
        var svn = Client(scratch.Path, "owner");
        await svn.RunAsync("mkdir", "-q", "--parents", $"{Url}/trunk/open/public", $"{Url}/{Hidden}", "-m", "places");
        await svn.RunAsync("checkout", "-q", $"{Url}/trunk", "wc");
        await WriteAsync("vault/blueprint.txt", "XYLOPHONE one\n");
        await svn.RunAsync("add", "-q", "wc/vault/blueprint.txt");
        await svn.RunAsync("propset", "-q", "note", "XYLOPHONE", "wc/vault/blueprint.txt");
        await svn.RunAsync("commit", "-q", "wc", "-m", "The blueprint is in the vault");
        await WriteAsync("vault/blueprint.txt", "XYLOPHONE two\n");
        await WriteAsync("open/readme.txt", "open one\n");
        await WriteAsync("open/public/news.txt", "news\n");
        await svn.RunAsync("add", "-q", "wc/open/readme.txt", "wc/open/public/news.txt");
        await svn.RunAsync("commit", "-q", "wc", "-m", "A readme, and another blueprint");
        await WriteAsync("open/readme.txt", "open two\n");
        await svn.RunAsync("commit", "-q", "wc", "-m", "A better readme");
        // What is hidden in the trunk has a namesake here that is not.
        await svn.RunAsync("copy", "-q", "-m", "A branch", $"{Url}/trunk", $"{Url}/branches/plain");
        await svn.RunAsync("lock", "-q", "wc/vault/blueprint.txt", "-m", "XYLOPHONE");

        Task WriteAsync(string path, string content) => File.WriteAllTextAsync(scratch[$"wc/{path}"], content);
    }

    private static async Task ExpectAsync(Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> call)
    {
        var (status, body) = await call;
        if (status is not (HttpStatusCode.OK or HttpStatusCode.NoContent))
            throw new InvalidOperationException($"{status}: {body}");
    }
}
