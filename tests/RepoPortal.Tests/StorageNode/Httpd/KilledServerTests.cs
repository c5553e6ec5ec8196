using System.Globalization;
using RepoPortal.StorageNode.Native;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Httpd;

public sealed class KilledServerTests
{
    private const string Data = "RP_TEST_CHILD_DATA";
    private const string ProcessFile = "httpd-process";

    [Fact]
    public async Task Leaves_no_httpd_behind()
    {
        using var scratch = new ScratchDirectory();
        using var server = ChildTest.Start(ChildTest.CommandLine(typeof(KilledServerTests), nameof(Server_that_runs_until_it_is_killed), scratch), (Data, scratch["data"]));
        await Eventually.TrueAsync(() => File.Exists(scratch[ProcessFile]), TimeSpan.FromSeconds(60));
        var httpd = int.Parse(await File.ReadAllTextAsync(scratch[ProcessFile], TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        Assert.True(Libc.Signal(-httpd, 0));

        Libc.Signal(server.Id, Libc.SigKill);

        await Eventually.TrueAsync(() => !Libc.Signal(-httpd, 0));
    }

    [Fact(Explicit = true)]
    public async Task Server_that_runs_until_it_is_killed()
    {
        var data = Environment.GetEnvironmentVariable(Data)!;
        await using var httpd = await RunningHttpd.StartInAsync(data);
        var file = Path.Combine(Path.GetDirectoryName(data)!, ProcessFile);
        await File.WriteAllTextAsync(file + ".new", httpd.Service.ProcessId!.Value.ToString(CultureInfo.InvariantCulture));
        File.Move(file + ".new", file);
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }
}
