using System.Net;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>A running server with one repository per visibility (named after it) and somebody for every identity that matters.</summary>
public sealed class EveryIdentityServer : IAsyncLifetime
{
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public RunningServer Server { get; private set; } = null!;

    public string Token(string who) => _tokens[who];

    public string Url(string repository) => new Uri(Server.Address, $"repos/{repository}").ToString();

    /// <summary>The impostor gives the owner's name with a token of their own.</summary>
    public SvnClient Client(string directory, string who) => who switch
    {
        "anonymous" => new SvnClient(directory),
        "impostor" => new SvnClient(directory, "owner", _tokens["stranger"]),
        _ => new SvnClient(directory, who, _tokens[who]),
    };

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        foreach (var who in (string[])["owner", "writer", "reader", "stranger"])
            _tokens[who] = await Server.AddUserAsync(who);
        _tokens["outsider"] = await Server.AddUserAsync("outsider", "--external");
        _tokens["admin"] = await Server.AddUserAsync("admin", "--admin");
        using var api = new Api(Server.Address, _tokens["owner"]);
        foreach (var visibility in (string[])["private", "internal", "public"])
            await FillAsync(api, visibility);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task FillAsync(Api api, string visibility)
    {
        await api.CreateReadyAsync(visibility, visibility, "standard");
        foreach (var (who, access) in ((string, string)[])[("writer", "write"), ("reader", "read")])
        {
            var (status, body) = await api.SendAsync(HttpMethod.Put, $"repositories/{visibility}/members/{who}", new { access });
            if (status != HttpStatusCode.OK)
                throw new InvalidOperationException($"{status}: {body}");
        }

        using var scratch = new Scratch();
        await File.WriteAllTextAsync(scratch["file"], "content\n");
        await Client(scratch.Path, "owner").RunAsync("import", "-q", scratch["file"], $"{Url(visibility)}/trunk/file", "-m", "a file");
    }
}
