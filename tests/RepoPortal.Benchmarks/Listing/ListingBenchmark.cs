using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Svn;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Listing;

/// <summary>A directory with its revisions, authors, dates and sizes: in process, beside the <c>svn ls</c> command.</summary>
internal static class ListingBenchmark
{
    private const int Calls = 200;

    public static async Task RunAsync()
    {
        using var scratch = new Scratch();
        var repository = scratch["real"];
        SvnRepositoryClient.CreateRepository(repository);
        await RealHistory.LoadAsync(repository);
        using var look = new SvnLookClient();
        var youngest = look.GetYoungest(repository);
        var origin = new SvnLookOrigin(repository, youngest);
        var path = Fullest(look, origin, "/");
        var entries = look.List(origin, path).Count;

        // One call is too short to time, so each round times many and divides.
        var (ours, theirs) = await SideBySide.RunAsync(
            20,
            () =>
            {
                for (var call = 0; call < Calls; call++)
                    look.List(origin, path);
                return Task.CompletedTask;
            },
            () => Cli.Wrap("svn").WithArguments(["ls", "-v", $"file://{repository}{path}@{youngest}"]).ExecuteBufferedAsync());
        var inProcess = ours.Median / Calls;
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"listing {path} ({entries} entries), svn ls -v / in process"),
            string.Create(CultureInfo.InvariantCulture, $"{theirs.Median:0.##} ms / {inProcess:0.####} ms, ratio {theirs.Median / inProcess:0}"),
            theirs.Median / inProcess >= 100,
            "at least 100 times as fast");
    }

    // The directory with the most entries among those two levels down: the history's usual place to look.
    private static string Fullest(SvnLookClient look, SvnLookOrigin origin, string root) => Directories(look, origin, root)
        .SelectMany(path => Directories(look, origin, path).Append(path))
        .MaxBy(path => look.List(origin, path).Count)!;

    private static IEnumerable<string> Directories(SvnLookClient look, SvnLookOrigin origin, string path) => look.List(origin, path)
        .Where(entry => entry.NodeKind == SvnNodeKind.Directory)
        .Select(entry => $"{path.TrimEnd('/')}/{entry.Name}");
}
