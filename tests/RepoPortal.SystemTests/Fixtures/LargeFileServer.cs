using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RepoPortal.SystemTests.Fixtures;

/// <summary>A server with the repository <c>depot</c>, whose <c>trunk/large.txt</c> is half a gigabyte of numbered lines.</summary>
public sealed class LargeFileServer : IAsyncLifetime
{
    /// <summary>How long the file is.</summary>
    public const long FileBytes = 512 << 20;

    /// <summary>How long each of its lines is, with its end.</summary>
    public const int LineBytes = 64;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    public RunningServer Server { get; private set; } = null!;

    public string OwnerToken { get; private set; } = "";

    /// <summary>What is in the file at an offset.</summary>
    public static string Text(long offset, int count)
    {
        var text = new StringBuilder();
        for (var line = offset / LineBytes; line <= (offset + count - 1) / LineBytes; line++)
            text.Append(Line(line));
        return text.ToString((int)(offset % LineBytes), count);
    }

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        OwnerToken = await Server.AddUserAsync("owner");
        await Server.AddUserAsync("reader");
        await Server.AddUserAsync("leaver");
        using var api = new Api(Server.Address, OwnerToken);
        await api.CreateReadyAsync("depot");
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["tree"]);
        await using (var file = new StreamWriter(scratch["tree/large.txt"], append: false, Encoding.ASCII, 1 << 20))
        {
            for (var line = 0L; line < FileBytes / LineBytes; line++)
                await file.WriteAsync(Line(line));
        }

        var svn = new SvnClient(scratch.Path, "owner", OwnerToken);
        var url = new Uri(Server.Address, "repos/depot").ToString();
        await svn.RunAsync("mkdir", "-q", $"{url}/trunk", "-m", "A place");
        await svn.RunAsync("import", "-q", "tree", $"{url}/trunk", "-m", "Something large");
    }

    public Task<WebSession> OpenAsync(string who) => WebSession.OpenAsync(Server.Address, who);

    /// <summary>The processor time that the server has used.</summary>
    public TimeSpan ProcessorTime()
    {
        using var process = Process.GetProcessById(Server.ProcessId);
        return process.TotalProcessorTime;
    }

    /// <summary>Returns when the server has had next to nothing to do for a moment.</summary>
    public Task RestAsync()
    {
        return Eventually.TrueAsync(RestsAsync, TimeSpan.FromMinutes(2));

        async Task<bool> RestsAsync()
        {
            var before = ProcessorTime();
            await Task.Delay(Moment);
            return ProcessorTime() - before < Moment / 10;
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static string Line(long number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(LineBytes - 1, '.') + '\n';
}
