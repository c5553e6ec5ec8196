using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CliWrap;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Transfer;

/// <summary>A second httpd over the same repositories with the node's own configuration, but asked by clients directly: no gateway, no key.</summary>
internal sealed partial class ComparisonHttpd : IAsyncDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Process _process;

    private ComparisonHttpd(Process process, Scratch scratch, int port) => (_process, _scratch, Port) = (process, scratch, port);

    public int Port { get; }

    /// <summary>Starts it. With <paramref name="passwords"/>, people are looked up in an MD5 password file, the usual setup.</summary>
    public static async Task<ComparisonHttpd> StartAsync(RunningServer server, bool passwords, string user, string password)
    {
        var scratch = new Scratch();
        var port = FreePort();
        var configuration = await File.ReadAllTextAsync(Path.Combine(server.Data, "nodes/node-1/httpd/httpd.conf"));
        configuration = KeySection().Replace(configuration, "");
        configuration = configuration.Replace("ErrorLog /dev/stderr", $"ErrorLog \"{scratch["error.log"]}\"", StringComparison.Ordinal);
        configuration = ListenLine().Replace(configuration, string.Create(CultureInfo.InvariantCulture, $"Listen 127.0.0.1:{port}"));
        configuration = PidFileLine().Replace(configuration, $"PidFile \"{scratch["httpd.pid"]}\"");
        if (passwords)
        {
            await Cli.Wrap("openssl").WithArguments(["passwd", "-apr1", password])
                .WithStandardOutputPipe(PipeTarget.ToDelegate(hash => File.AppendAllText(scratch["users"], $"{user}:{hash}\n"))).ExecuteAsync();
            configuration = AnonymousLines().Replace(configuration, "");
            configuration = configuration.Replace("AuthBasicProvider anon", $"AuthBasicProvider file\nAuthUserFile \"{scratch["users"]}\"", StringComparison.Ordinal)
                .Replace("LoadModule authn_anon_module", "LoadModule authn_file_module \"/usr/lib/apache2/modules/mod_authn_file.so\"\nLoadModule authn_anon_module", StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(scratch["httpd.conf"], configuration);
        var process = Process.Start(new ProcessStartInfo("/usr/sbin/apache2", ["-f", scratch["httpd.conf"], "-DFOREGROUND"]) { UseShellExecute = false })!;
        await UntilItListensAsync(port);
        return new ComparisonHttpd(process, scratch, port);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Signal.Send(_process.Id, Signal.Terminate);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _scratch.Dispose();
    }

    private static async Task UntilItListensAsync(int port) => await Eventually.TrueAsync(async () =>
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("<If .*?</If>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeySection();

    [GeneratedRegex("^Listen .*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListenLine();

    [GeneratedRegex("^PidFile .*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PidFileLine();

    [GeneratedRegex("^ *Anonymous.*\n", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnonymousLines();
}
