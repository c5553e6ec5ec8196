using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Faults;

/// <summary>A server that cannot serve says why in a sentence and ends.</summary>
public sealed class RefusingToStart : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task When_the_port_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var said = await ServeAsync(["--data", _scratch["data"], "--port", port]);
        Assert.Contains(port, said, StringComparison.Ordinal);
        Assert.Contains("in use", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task When_the_data_directory_is_not_writable()
    {
        var closed = Directory.CreateDirectory(_scratch["closed"], UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName;
        Assert.Contains(closed, await ServeAsync(["--data", closed]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RepoPortal__Port=eighty", "a whole number")]
    [InlineData("RepoPortal__Gateway__OutageHold=soon", "a duration")]
    [InlineData("RepoPortal__StorageNode__Name=Node 1", "a-z")]
    [InlineData("RepoPortal__StorageNode__HttpdProcesses=0", "1 to 16")]
    [InlineData("RepoPortal__StorageNode__HttpdProgram=/nonexistent/httpd", "apache2-bin")]
    [InlineData("RepoPortal__Gateway__OutageHold=-1", "allowed")]
    [InlineData("RepoPortal__Database=oracle", "PostgreSQL")]
    [InlineData("RepoPortal__Mail__Mode=pigeon", "Smtp")]
    [InlineData("RepoPortal__PublicUrl=not an address", "PublicUrl")]
    public async Task When_a_setting_is_not_allowed(string setting, string names) =>
        Assert.Contains(names, await ServeAsync(["--data", _scratch["data"]], setting), StringComparison.Ordinal);

    public void Dispose() => _scratch.Dispose();

    private static async Task<string> ServeAsync(string[] arguments, string? setting = null)
    {
        var start = PublishedApp.Command(["serve", .. arguments]);
        if (setting?.Split('=', 2) is [var name, var value])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(1, process.ExitCode);
        Assert.DoesNotContain("Unhandled exception", await error, StringComparison.Ordinal);
        return await error;
    }
}
