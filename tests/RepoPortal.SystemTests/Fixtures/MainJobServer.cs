namespace RepoPortal.SystemTests.Fixtures;

/// <summary>A running server with a researcher (mei) and a colleague (jonas), shared by the tests of a class.</summary>
public sealed class MainJobServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public string OwnerToken { get; private set; } = "";

    public string ReaderToken { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        OwnerToken = await Server.AddUserAsync("mei");
        ReaderToken = await Server.AddUserAsync("jonas");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
