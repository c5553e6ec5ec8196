namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The shared server with one repository per visibility (named after it) and somebody for every identity that matters.</summary>
public sealed class EveryIdentityServer(SharedServer shared) : IAsyncLifetime
{
    public RunningServer Server => shared.Server;

    public string Token(string who) => shared.Token(who);

    public string Url(string repository) => shared.Url(repository);

    /// <summary>The impostor gives the owner's name with a token of their own.</summary>
    public SvnClient Client(string directory, string who) =>
        who == "impostor" ? new SvnClient(directory, "owner", shared.Token("stranger")) : shared.Client(directory, who);

    public async ValueTask InitializeAsync() => await shared.StartedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
