using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>The published server on a free port with a data directory of its own. Disposing stops it and removes the directory.</summary>
public sealed partial class RunningServer : IAsyncDisposable
{
    /// <summary>The web password of everybody whom <see cref="AddUserAsync"/> makes.</summary>
    public const string Password = "correct horse battery staple";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly Scratch _scratch = new();
    private readonly StringBuilder _output = new();
    private readonly List<string> _settings;
    private Process? _process;

    private RunningServer(IEnumerable<string> settings) => _settings = [.. settings];

    public string Data => _scratch["data"];

    public int Port { get; private set; }

    public Uri Address => new($"http://localhost:{Port}/");

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Everything printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The path and query of the one-time link that makes the first administrator.</summary>
    public string SetupLink => SetupLinkPattern().Match(Output) is { Success: true } match
        ? match.Value
        : throw new InvalidOperationException($"No set-up link was printed:\n{Output}");

    /// <summary>Starts a server; each setting is NAME=VALUE as an environment variable, such as <c>RepoPortal__Mail__Mode=Off</c>.</summary>
    public static Task<RunningServer> StartAsync(params IEnumerable<string> settings) => StartAsync(static _ => { }, settings);

    /// <summary>The same, with something done to its data directory before it is there.</summary>
    public static async Task<RunningServer> StartAsync(Action<string> prepare, params IEnumerable<string> settings)
    {
        var server = new RunningServer(settings);
        try
        {
            prepare(server.Data);
            await server.StartProcessAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process again on the same data directory and port, after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public Task RestartAsync() => StartProcessAsync();

    /// <summary>Asks it to stop, as a service manager does (Ctrl-C takes the same way, but a test that runs in the background ignores it).</summary>
    public async Task StopAsync()
    {
        Signal.Send(ProcessId, Signal.Terminate);
        await WaitForExitAsync();
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        Signal.Send(ProcessId, Signal.Kill);
        await WaitForExitAsync();
    }

    /// <summary>Runs a command of the product against this data directory and returns its standard output; fails unless it succeeds.</summary>
    public async Task<string> RunAsync(IEnumerable<string> arguments, string input = "")
    {
        var (exitCode, output, error) = await TryRunAsync(arguments, input);
        return exitCode == 0 ? output : throw new InvalidOperationException($"repoportal {string.Join(' ', arguments)}: {exitCode}\n{output}{error}");
    }

    /// <summary>Runs a command of the product against this data directory.</summary>
    public async Task<(int ExitCode, string Output, string Error)> TryRunAsync(IEnumerable<string> arguments, string input = "")
    {
        using var process = Process.Start(Command([.. arguments, "--data", Data]))!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Makes a person by the command line and returns a token of theirs.</summary>
    public async Task<string> AddUserAsync(string name, params IEnumerable<string> options)
    {
        await RunAsync(["user", "add", name, "--email", $"{name}@lab.example", "--password-stdin", .. options], Password + "\n");
        return (await RunAsync(["token", "create", name])).Trim();
    }

    /// <summary>Changes the record past everything, while the server does not run: so that a time comes sooner.</summary>
    public async Task SqlAsync(string sql)
    {
        await using var record = new SqliteConnection($"Data Source={Path.Combine(Data, "portal.db")};Pooling=False");
        await record.OpenAsync();
        await using var command = record.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A number out of the record, past everything.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var record = new SqliteConnection($"Data Source={Path.Combine(Data, "portal.db")};Mode=ReadOnly;Pooling=False");
        await record.OpenAsync();
        await using var command = record.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How many mails went out with that in them.</summary>
    public int CountMails(string text)
    {
        var directory = Path.Combine(Data, "mail");
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.eml").Count(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal))
            : 0;
    }

    /// <summary>Waits for a request whose answer may be lost because the server is killed.</summary>
    public static async Task IgnoringTheKillAsync(Task request)
    {
        try
        {
            await request;
        }
        catch (HttpRequestException)
        {
            // It was killed while it answered.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await StopAsync();
        _process?.Dispose();
        _scratch.Dispose();
    }

    private async Task StartProcessAsync()
    {
        if (Port == 0)
            Port = FreePort();
        _process = Process.Start(Command(["serve", "--data", Data, "--port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture)]))!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync();
    }

    // The server and whoever gives commands beside it have the same settings.
    private ProcessStartInfo Command(IEnumerable<string> arguments)
    {
        var start = PublishedApp.Command(arguments);
        foreach (var setting in _settings)
            start.Environment[setting[..setting.IndexOf('=', StringComparison.Ordinal)]] = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return start;
    }

    private async Task UntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var started = Stopwatch.StartNew();
        while (started.Elapsed < StartPatience)
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"The server stopped with {_process.ExitCode}:\n{Output}");
            try
            {
                if ((await client.GetAsync("readyz")).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"The server was not ready after {StartPatience}:\n{Output}");
    }

    private async Task WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process!.WaitForExitAsync(patience.Token);
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    /// <summary>A port on the loopback that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    [GeneratedRegex(@"/setup\?code=\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SetupLinkPattern();
}
