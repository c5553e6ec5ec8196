using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.StorageNode.Httpd;
using RepoPortal.StorageNode.Native;
using RepoPortal.Tests.Fixtures;

namespace RepoPortal.Tests.StorageNode.Httpd;

public sealed class HttpdServiceTests
{
    [Fact]
    public async Task Keeps_its_files_and_its_key_to_itself()
    {
        await using var first = await RunningHttpd.StartAsync();
        await using var second = await RunningHttpd.StartAsync();

        Assert.NotEqual(first.Endpoint.Key, second.Endpoint.Key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(first.Directories.Httpd, "httpd.conf")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(first.Directories.Httpd));
    }

    [Fact]
    public async Task Is_back_at_the_same_address_after_it_was_killed()
    {
        await using var httpd = await RunningHttpd.StartAsync();
        await httpd.CreateRepositoryAsync("alpha");
        using var client = httpd.Client();
        var (endpoint, process) = (httpd.Endpoint, httpd.Service.ProcessId!.Value);

        Libc.Signal(process, Libc.SigKill);
        await Eventually.TrueAsync(() => httpd.Service.ProcessId is { } id && id != process);

        Assert.Equal(endpoint, httpd.Endpoint);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("repos/alpha/")).StatusCode);
    }

    [Fact]
    public async Task Moves_to_another_port_when_its_own_was_taken_meanwhile()
    {
        await using var httpd = await RunningHttpd.StartAsync();
        var (endpoint, process) = (httpd.Endpoint, httpd.Service.ProcessId!.Value);
        using var taker = new TcpListener(IPAddress.Loopback, endpoint.Address.Port);
        taker.ExclusiveAddressUse = false;

        Libc.Signal(-process, Libc.SigKill);
        await Eventually.TrueAsync(() => TryListen(taker));
        await Eventually.TrueAsync(() => httpd.Service.ProcessId is { } id && id != process);

        Assert.NotEqual(endpoint.Address, httpd.Endpoint.Address);
        Assert.Equal(endpoint.Key, httpd.Endpoint.Key);
    }

    [Fact]
    public async Task Leaves_no_process_behind_when_it_is_stopped()
    {
        int process;
        await using (var httpd = await RunningHttpd.StartAsync())
            process = httpd.Service.ProcessId!.Value;

        Assert.False(Libc.Signal(-process, 0));
    }

    [Fact]
    public async Task Ends_what_an_earlier_run_left_behind_and_nothing_else()
    {
        using var scratch = new ScratchDirectory();
        await using var other = await RunningHttpd.StartAsync();
        string configuration;
        await using (var earlier = await RunningHttpd.StartInAsync(scratch.Path))
            configuration = Path.Combine(earlier.Directories.Httpd, "httpd.conf");
        using var leftover = Process.Start(new ProcessStartInfo("/usr/sbin/apache2")
        {
            // httpd opens its standard error by name, which must be ours.
            UseShellExecute = false,
            RedirectStandardError = true,
            ArgumentList = { "-D", "FOREGROUND", "-f", configuration },
        })!;
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(Path.GetDirectoryName(configuration)!, "httpd.pid")));
        Assert.False(leftover.HasExited);

        await using var httpd = await RunningHttpd.StartInAsync(scratch.Path);

        await leftover.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(Libc.Signal(other.Service.ProcessId!.Value, 0));
    }

    [Fact]
    public async Task A_graceful_restart_drops_no_request()
    {
        await using var httpd = await RunningHttpd.StartAsync();
        await httpd.CreateRepositoryAsync("alpha");
        var process = httpd.Service.ProcessId;

        for (var i = 0; i < 40; i++)
        {
            if (i == 10)
                httpd.Service.RestartGracefully();
            using var client = httpd.Client();
            using var response = await client.GetAsync("repos/alpha/");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(process, httpd.Service.ProcessId);
    }

    [Fact]
    public async Task Two_servers_do_not_share_a_data_directory()
    {
        await using var httpd = await RunningHttpd.StartAsync();
        var data = Path.GetFullPath(Path.Combine(httpd.Directories.Root, "..", ".."));

        var refusal = await Assert.ThrowsAsync<StorageException>(() => RunningHttpd.StartInAsync(data));

        Assert.Contains("Another server works in", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HttpdProgram", "/nonexistent/apache2", "apache2-bin")]
    [InlineData("HttpdModules", "/nonexistent", "apache2-bin")]
    public async Task Names_the_package_when_httpd_is_missing(string option, string value, string package)
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => RunningHttpd.StartAsync((option, value)));

        Assert.Contains(package, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_httpd_said_when_it_does_not_start()
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => RunningHttpd.StartAsync(("HttpdProgram", "/usr/bin/false")));

        Assert.Contains("httpd did not start", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quote\"d")]
    [InlineData("back\\slash")]
    [InlineData("line\nbreak")]
    [InlineData("${HOME}")]
    public async Task Refuses_a_data_directory_whose_path_means_something_in_a_configuration_file(string name)
    {
        using var scratch = new ScratchDirectory();

        var refusal = await Assert.ThrowsAsync<StorageException>(() => RunningHttpd.StartInAsync(scratch[name]));

        Assert.Contains("cannot be used", refusal.Message, StringComparison.Ordinal);
    }

    private static bool TryListen(TcpListener listener)
    {
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
