using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Backups.OffSite;

/// <summary>A WebDAV server of rclone's own on this machine, and a configuration of rclone that encrypts what goes there.</summary>
internal sealed class SecondPlace : IAsyncDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly int _port = FreePort();
    private Process? _server;

    private SecondPlace()
    {
    }

    /// <summary>What lies there, as it lies there.</summary>
    public string Stored => Directory.CreateDirectory(_scratch["stored"]).FullName;

    public string ConfigFile => _scratch["rclone.conf"];

    /// <summary>What a node has to be told.</summary>
    public (string Key, string Value)[] Settings =>
        [("RepoPortal:Backup:OffSite:Remote", "offsite:backups"), ("RepoPortal:Backup:OffSite:ConfigFile", ConfigFile)];

    public static async Task<SecondPlace> StartAsync()
    {
        var place = new SecondPlace();
        var (password, key) = (await Command.RunAsync("rclone", "obscure", "secret"), await Command.RunAsync("rclone", "obscure", "a passphrase"));
        await File.WriteAllTextAsync(place.ConfigFile, $"""
            [dav]
            type = webdav
            url = http://127.0.0.1:{place._port}
            vendor = other
            user = repoportal
            pass = {password}

            [offsite]
            type = crypt
            remote = dav:
            password = {key}
            """);
        await place.UpAsync();
        return place;
    }

    /// <summary>Takes it away.</summary>
    public async Task DownAsync()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Brings it back, with what it had.</summary>
    public async Task UpAsync()
    {
        _server = Process.Start(new ProcessStartInfo("rclone", ["serve", "webdav", Stored, "--addr", $"127.0.0.1:{_port}", "--config", "/dev/null"])
        {
            UseShellExecute = false,
            Environment = { ["RCLONE_USER"] = "repoportal", ["RCLONE_PASS"] = "secret" },
        });
        await Eventually.TrueAsync(async () =>
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, _port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    /// <summary>Fetches everything, as somebody does who has lost the rest.</summary>
    public Task FetchAsync(string directory) => Command.RunAsync("rclone", "copy", "--config", ConfigFile, "offsite:backups", directory);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await DownAsync();
        _scratch.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
