namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The shared server as tests of path rules see it: the repository <c>lab</c>, part of which is hidden, and somebody for each way of being kept out.</summary>
public sealed class PathRulesServer(SharedServer shared) : IAsyncLifetime
{
    /// <summary>The directory that is hidden.</summary>
    public const string Hidden = "trunk/vault";

    /// <summary>The revision that changed nothing but what is hidden.</summary>
    public const int HiddenRevision = 3;

    /// <summary>The revision that changed something hidden and something open.</summary>
    public const int MixedRevision = 4;

    /// <summary>What nobody who is kept out may ever be told.</summary>
    public static readonly string[] Secrets = ["vault", "blueprint", "XYLOPHONE"];

    public RunningServer Server => shared.Server;

    public string Url => shared.Url("lab");

    public string Token(string who) => shared.Token(who);

    public SvnClient Client(string directory, string who) => shared.Client(directory, who);

    public HttpClient Http(string who) => shared.Http(who);

    public async ValueTask InitializeAsync() => await shared.StartedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
