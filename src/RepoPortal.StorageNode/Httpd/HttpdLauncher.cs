using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Native;

namespace RepoPortal.StorageNode.Httpd;

/// <summary>Starts httpd once: writes its configuration, starts it, and returns when it answers.</summary>
internal sealed class HttpdLauncher(
    IOptions<StorageNodeOptions> options, NodeDirectories directories, HttpdProbe probe, TimeProvider time, ILogger<HttpdLauncher> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int ErrorLinesKept = 20;

    private readonly ChildThread _thread = new();

    /// <summary>The configuration file; its path on the command line is what our httpd is known by.</summary>
    public string ConfigurationFile => Path.Combine(directories.Httpd, "httpd.conf");

    /// <summary>Starts httpd at <paramref name="endpoint"/>.</summary>
    /// <exception cref="StorageException">It ended, or did not answer in time; the message has what httpd said.</exception>
    public async Task<HttpdProcess> LaunchAsync(NodeEndpoint endpoint, CancellationToken cancellationToken)
    {
        var said = new ConcurrentQueue<string>();
        var httpd = await StartAsync(endpoint, said, cancellationToken);
        try
        {
            await WaitUntilItAnswersAsync(httpd, endpoint, said, cancellationToken);
            return httpd;
        }
        catch
        {
            httpd.EndGroup();
            httpd.Dispose();
            throw;
        }
    }

    /// <summary>An address on a port that nobody listens on at the moment.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
    }

    public void Dispose() => _thread.Dispose();

    private async Task<HttpdProcess> StartAsync(NodeEndpoint endpoint, ConcurrentQueue<string> said, CancellationToken cancellationToken)
    {
        var configuration = HttpdConfiguration.Render(options.Value, directories, endpoint.Address.Port, endpoint.Key);
        try
        {
            await WriteConfigurationAsync(configuration, cancellationToken);
            return await HttpdProcess.StartAsync(_thread, options.Value.HttpdProgram, ConfigurationFile, line =>
            {
                HttpdLog.Pass(logger, line);
                if (said.Count < ErrorLinesKept)
                    said.Enqueue(line);
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new StorageException($"httpd could not be started: {exception.Message}", exception);
        }
    }

    private async Task WriteConfigurationAsync(string text, CancellationToken cancellationToken)
    {
        // A restart needs no room on a full disk.
        if (File.Exists(ConfigurationFile) && await File.ReadAllTextAsync(ConfigurationFile, cancellationToken) == text)
            return;
        // It holds the key, so it is nobody else's to read from its first byte on.
        var file = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        File.Delete(ConfigurationFile);
        await using var writer = new StreamWriter(ConfigurationFile, file);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    private async Task WaitUntilItAnswersAsync(HttpdProcess httpd, NodeEndpoint endpoint, ConcurrentQueue<string> said, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var exit = httpd.WaitForExitAsync(cancellationToken);
        while (true)
        {
            // Whoever took our port may leave the question unanswered.
            var answer = probe.AnswersAsync(endpoint, cancellationToken);
            await Task.WhenAny(answer, exit);
            if (exit.IsCompleted)
            {
                await exit;
                httpd.EndGroup();
                await httpd.ErrorsReadAsync();
                throw new StorageException($"httpd did not start: {string.Join(" ", said)}");
            }

            if (await answer)
                return;
            if (time.GetElapsedTime(start) > Patience)
                throw new StorageException($"httpd was started but did not answer within {Patience.TotalSeconds} s. {string.Join(" ", said)}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
        }
    }
}
