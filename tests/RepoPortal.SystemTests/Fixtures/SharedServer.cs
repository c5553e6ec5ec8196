using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;

[assembly: AssemblyFixture(typeof(RepoPortal.SystemTests.Fixtures.SharedServer))]

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>
/// One server for all transcripts that neither stop it nor count what is in it: making people by the command line takes most of a fixture's time. Whoever uses it
/// keeps to repositories of their own. Started by the first who waits for it.
/// </summary>
public sealed class SharedServer : IAsyncDisposable
{
    private static readonly (string Name, string? Option)[] People =
    [
        ("owner", null), ("writer", null), ("reader", null), ("stranger", null), ("suspended", null), ("lapsed", null), ("outsider", "--external"), ("ended", "--external"),
        ("admin", "--admin"), ("limited-writer", null), ("limited-reader", null), ("path-reader", null), ("guest", null), ("sleeper", null), ("mei", null), ("jonas", null),
    ];

    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly Lazy<Task> _started;
    private RunningServer? _server;

    public SharedServer() => _started = new Lazy<Task>(StartAsync);

    public RunningServer Server => _server ?? throw new InvalidOperationException("Wait for StartedAsync first.");

    /// <summary>Returns when the server runs with everybody and everything that is in it from the beginning.</summary>
    public Task StartedAsync() => _started.Value;

    public string Token(string who) => _tokens[who];

    public string Url(string repository) => new Uri(Server.Address, $"repos/{repository}").ToString();

    /// <summary>The stock client of somebody; <c>anonymous</c> has no credentials.</summary>
    public SvnClient Client(string directory, string who) => who == "anonymous" ? new SvnClient(directory) : new SvnClient(directory, who, Token(who));

    public Api Api(string who) => new(Server.Address, Token(who));

    /// <summary>HTTP as somebody sends it who has more in mind than their client; connections are kept open.</summary>
    public HttpClient Http(string who)
    {
        var http = new HttpClient { BaseAddress = Server.Address };
        if (who != "anonymous")
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{who}:{Token(who)}")));
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task StartAsync()
    {
        // Those who are refused are refused often here.
        _server = await RunningServer.StartAsync("RepoPortal__Gateway__FailedAttemptsPerAddress=1000000", "RepoPortal__Gateway__FailedAttemptsPerName=10000");
        await Parallel.ForEachAsync(People, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (person, _) =>
            _tokens[person.Name] = await _server.AddUserAsync(person.Name, person.Option is { } option ? [option] : []));
        await VisibleRepositories.MakeAsync(this);
        await RuledRepository.MakeAsync(this);
        await _server.RunAsync(["user", "suspend", "suspended"]);
        using var admin = Api("admin");
        await admin.ExpectAsync(HttpMethod.Post, "collaborators/ended/end");
        await VisibleRepositories.WaitForEndsAsync(this);
    }
}
