using CliWrap;
using ZstdSharp;

namespace RepoPortal.Benchmarks.Measuring;

/// <summary>The first 2,000 commits of a real project, from <c>REPOPORTAL_TEST_HISTORY</c> (a dump compressed with zstd).</summary>
internal static class RealHistory
{
    /// <summary>Loads it into a repository that has no commit yet.</summary>
    public static async Task LoadAsync(string repository)
    {
        var file = Environment.GetEnvironmentVariable("REPOPORTAL_TEST_HISTORY")
            ?? throw new InvalidOperationException("Set REPOPORTAL_TEST_HISTORY to a dump compressed with zstd.");
        await using var dump = new DecompressionStream(File.OpenRead(file));
        await Cli.Wrap("svnadmin")
            .WithArguments(["load", "-q", "--ignore-uuid", "--bypass-prop-validation", "--no-flush-to-disk", repository])
            .WithStandardInputPipe(PipeSource.FromStream(dump))
            .ExecuteAsync();
    }
}
