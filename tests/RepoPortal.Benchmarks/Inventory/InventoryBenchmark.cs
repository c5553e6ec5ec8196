using System.Globalization;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Inventory;

/// <summary>The inventory page at 1,000 and at 100,000 repositories: the first page, a later one, sorted and searched, as a browser gets it.</summary>
internal static class InventoryBenchmark
{
    private const int Few = 1000;
    private const int Many = 100_000;
    private const int Rounds = 60;

    private static readonly string[] Pages =
    [
        "admin",
        "admin?sort=-size",
        "admin?sort=-lastCommit",
        "admin?tier=critical",
        "admin?search=experiment%20612",
    ];

    public static async Task RunAsync()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AddUserAsync("admin", "--admin");
        await server.AddUserAsync("mei");
        await server.AddUserAsync("outsider", "--external");
        using var browser = await Browser.SignInAsync(server.Address, "admin", RunningServer.Password);
        var database = Path.Combine(server.Data, "portal.db");

        await Seed.RepositoriesAsync(database, 0, Few);
        var few = await MeasureAsync(browser);
        await Seed.RepositoriesAsync(database, Few, Many);
        var many = await MeasureAsync(browser);
        foreach (var page in Pages)
        {
            var (small, large) = (few[page].Percentile(95), many[page].Percentile(95));
            Report.Write(
                string.Create(CultureInfo.InvariantCulture, $"/{page}, {Many} / {Few} repositories, 95th percentile"),
                $"{Report.Ms(large)} / {Report.Ms(small)}, {Report.Ratio(large / small)} (medians {Report.Ms(many[page].Median)} / {Report.Ms(few[page].Median)})",
                large < 100 && large < 2 * small,
                "under 100 ms, within 2 times");
        }
    }

    private static async Task<Dictionary<string, Samples>> MeasureAsync(Browser browser)
    {
        var taken = Pages.ToDictionary(page => page, _ => new List<double>(), StringComparer.Ordinal);
        for (var round = -5; round < Rounds; round++)
        {
            foreach (var page in Pages)
            {
                var time = await SideBySide.TimeAsync(() => browser.GetAsync(page));
                if (round >= 0)
                    taken[page].Add(time);
            }
        }

        return taken.ToDictionary(page => page.Key, page => new Samples(page.Value), StringComparer.Ordinal);
    }
}
