using System.Security.Cryptography;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.SystemTests.Transcripts;

/// <summary>A repository that has used up its quota, as its people meet it.</summary>
public sealed class Quotas(SharedServer shared) : IAsyncLifetime
{
    private readonly string _name = $"quota-{Guid.NewGuid():n}"[..20];
    private readonly Scratch _scratch = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await shared.StartedAsync();
        using var owner = shared.Api("owner");
        await owner.CreateReadyAsync(_name, layout: "standard");
    }

    [Fact]
    public async Task Refuses_what_does_not_fit_and_then_everything_while_reading_goes_on_until_there_is_more_room()
    {
        using Api owner = shared.Api("owner"), administrator = shared.Api("admin");
        var svn = shared.Client(_scratch.Path, "owner");
        await svn.RunAsync("checkout", "-q", $"{shared.Url(_name)}/trunk", "wc");
        await administrator.ExpectAsync(HttpMethod.Put, $"admin/repositories/{_name}/quota", new { quotaBytes = 1 << 20 });

        await NoiseAsync("large", 2_000_000);
        await svn.RunAsync("add", "-q", "wc/large");
        Assert.Contains($"This commit is too large for what '{_name}' has left of its quota of 1 MiB", await RefusedAsync(svn, "commit", "-m", "Too much", "wc"), StringComparison.Ordinal);

        // Over the limit by a limit that was lowered: what is stored stays.
        await NoiseAsync("large", 1_000_000);
        await svn.RunAsync("commit", "-q", "-m", "Nearly all", "wc");
        await administrator.ExpectAsync(HttpMethod.Put, $"admin/repositories/{_name}/quota", new { quotaBytes = 2_000_000 });
        await NoiseAsync("large", 900_000);
        await svn.RunAsync("commit", "-q", "-m", "More", "wc");
        await administrator.ExpectAsync(HttpMethod.Put, $"admin/repositories/{_name}/quota", new { quotaBytes = 1 << 20 });
        Assert.Contains(
            $"'{_name}' has used up its quota of 1 MiB; commits are refused until space is made or its owners get more. Reading goes on.",
            await RefusedAsync(svn, "mkdir", "-m", "One", $"{shared.Url(_name)}/trunk/one"),
            StringComparison.Ordinal);
        await svn.RunAsync("checkout", "-q", $"{shared.Url(_name)}/trunk", "again");
        Assert.Equal(900_000, new FileInfo(_scratch["again/large"]).Length);
        Assert.True((await owner.GetAsync($"repositories/{_name}/quota")).Body.GetProperty("usedBytes").GetInt64() > 1 << 20);

        await administrator.ExpectAsync(HttpMethod.Delete, $"admin/repositories/{_name}/quota");
        await svn.RunAsync("mkdir", "-m", "One", $"{shared.Url(_name)}/trunk/one");
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task NoiseAsync(string name, int bytes) => File.WriteAllBytesAsync(_scratch[$"wc/{name}"], RandomNumberGenerator.GetBytes(bytes), Cancellation);

    private static async Task<string> RefusedAsync(SvnClient svn, params string[] arguments)
    {
        var result = await svn.TryAsync(arguments);
        Assert.NotEqual(0, result.ExitCode);
        return result.StandardError;
    }
}
