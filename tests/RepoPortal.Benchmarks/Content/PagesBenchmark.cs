using System.Globalization;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Benchmarks.Transfer;

namespace RepoPortal.Benchmarks.Content;

/// <summary>The pages about a repository's content as a browser gets them, whole: by one person, by eight at once, for the first time, and however long the history is.</summary>
internal static class PagesBenchmark
{
    private const int Short = 1000;
    private const int Long = 100_000;
    private const int Rounds = 60;
    private const int Clients = 8;

    private static readonly (string Kind, string Page)[] Pages =
    [
        ("tree", "r/real/tree/trunk"),
        ("file", "r/real/tree/trunk/README"),
        ("revision", "r/real/rev/1500"),
        ("log", "r/real/log/trunk"),
        ("tree of 100,000 revisions", "r/long/tree/trunk/src"),
        ("tree of 10,000 entries", "r/long/tree/trunk/many"),
        ("log of 100,000 revisions", "r/long/log/trunk"),
    ];

    public static async Task RunAsync()
    {
        await using var histories = await ServedHistories.StartAsync();
        await histories.AddAsync("real", RealHistory.LoadAsync);
        await histories.AddAsync("short", repository => GeneratedHistory.LoadAsync(repository, Short));
        await histories.AddAsync("long", repository => GeneratedHistory.LoadAsync(repository, Long));
        using var person = await histories.SignInAsync();
        using var visitor = Browser.Visit(histories.Server.Address);

        await ColdAsync(person);
        foreach (var (kind, page) in Pages)
            await WarmAsync(person, visitor, kind, page);
        await KnownAsync(person, Pages[0].Page);
        foreach (var (kind, page) in Pages.Take(4))
            await ManyAsync(histories, kind, page);
        await CompareAsync(person, "log/trunk");
        await CompareRevisionsAsync(person);
        await BlameAsync(person);
        var rate = await Wrk.RequestsPerSecondAsync(new Uri(histories.Server.Address, Pages[0].Page), TimeSpan.FromSeconds(10));
        Report.Write("tree pages a second, 8 visitors", string.Create(CultureInfo.InvariantCulture, $"{rate:0}/s"), rate >= 1000, "at least 1000/s");
    }

    // Pages that nobody has asked for, of a server that has made others: every revision is another page.
    private static async Task ColdAsync(Browser person)
    {
        foreach (var (kind, page) in ((string, string)[])[("tree", "r/real/tree/trunk?rev="), ("file", "r/real/tree/trunk/README?rev="), ("revision", "r/real/rev/"), ("log", "r/real/log/trunk?rev=")])
        {
            var taken = new List<double>();
            for (var round = -10; round < Rounds; round++)
            {
                var time = await SideBySide.TimeAsync(() => person.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{page}{1500 + round * 7}")));
                if (round >= 0)
                    taken.Add(time);
            }

            var samples = new Samples(taken);
            Report.Write($"{kind}, cold", $"median {Report.Ms(samples.Median)}, 95th percentile {Report.Ms(samples.Percentile(95))}", samples.Median < 50, "median under 50 ms");
        }
    }

    private static async Task WarmAsync(Browser person, Browser visitor, string kind, string page)
    {
        var (signedIn, passing) = await SideBySide.RunAsync(Rounds, () => person.GetAsync(page), () => visitor.GetAsync(page), warmUps: 10);
        Report.Write($"{kind}, somebody signed in / a visitor", $"medians {Report.Ms(signedIn.Median)} / {Report.Ms(passing.Median)}", signedIn.Median < 10, "under 10 ms");
    }

    // What it costs to know that somebody signed in has the page already, which comes before every page that they have not.
    private static async Task KnownAsync(Browser person, string page)
    {
        var tag = await person.GetAgainAsync(page, tag: null);
        var (known, whole) = await SideBySide.RunAsync(Rounds, async () => tag = await person.GetAgainAsync(page, tag), () => person.GetAsync(page), warmUps: 10);
        Report.Write("tree that somebody signed in has / has not", $"medians {Report.Ms(known.Median)} / {Report.Ms(whole.Median)}, {Report.Ratio(known.Median / whole.Median)}", known.Median < whole.Median / 2, "half");
    }

    private static async Task ManyAsync(ServedHistories histories, string kind, string page)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var person = await histories.SignInAsync();
            await person.GetAsync(page);
            var taken = new List<double>();
            for (var round = 0; round < Rounds; round++)
                taken.Add(await SideBySide.TimeAsync(() => person.GetAsync(page)));
            return taken;
        }));
        var samples = new Samples(all.SelectMany(taken => taken));
        Report.Write($"{kind}, 8 people at once", $"median {Report.Ms(samples.Median)}, 95th percentile {Report.Ms(samples.Percentile(95))}", samples.Percentile(95) < 50, "95th percentile under 50 ms");
    }

    private static async Task CompareAsync(Browser person, string page)
    {
        var (few, many) = await SideBySide.RunAsync(Rounds, () => person.GetAsync($"r/short/{page}"), () => person.GetAsync($"r/long/{page}"), warmUps: 10);
        var ratio = many.Median / few.Median;
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"log of {Long} / {Short} revisions"), $"medians {Report.Ms(many.Median)} / {Report.Ms(few.Median)}, {Report.Ratio(ratio)}", ratio < 1.5, "within 1.5 times");
    }

    private static async Task CompareRevisionsAsync(Browser person)
    {
        var (wide, narrow) = await SideBySide.RunAsync(
            Rounds, () => person.GetAsync(Page(GeneratedHistory.WideRevision)), () => person.GetAsync(Page(GeneratedHistory.NarrowRevision)), warmUps: 10);
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"revision of {GeneratedHistory.Added} paths / of {GeneratedHistory.Changed}"),
            $"medians {Report.Ms(wide.Median)} / {Report.Ms(narrow.Median)}, {Report.Ratio(wide.Median / narrow.Median)}", wide.Median < narrow.Median * 1.5, "as fast (within 1.5 times)");

        static string Page(int revision) => string.Create(CultureInfo.InvariantCulture, $"r/short/rev/{revision}");
    }

    private static async Task BlameAsync(Browser person)
    {
        const string Page = "r/short/blame/trunk/blamed.txt";
        var first = await SideBySide.TimeAsync(() => person.GetAsync(Page));
        var (again, tree) = await SideBySide.RunAsync(10, () => person.GetAsync(Page), () => person.GetAsync("r/short/tree/trunk/blamed.txt"));
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"blame of {GeneratedHistory.BlamedRevisions} revisions / the file's page"),
            $"first {Report.Ms(first)}, then medians {Report.Ms(again.Median)} / {Report.Ms(tree.Median)}", again.Median < 300, "under 300 ms");
    }
}
