namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The shared server with a researcher (mei) and a colleague (jonas).</summary>
public sealed class MainJobServer(SharedServer shared) : IAsyncLifetime
{
    public RunningServer Server => shared.Server;

    public string OwnerToken => shared.Token("mei");

    public string ReaderToken => shared.Token("jonas");

    public async ValueTask InitializeAsync() => await shared.StartedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
