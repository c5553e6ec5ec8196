using System.Globalization;
using Microsoft.Playwright;
using RepoPortal.Benchmarks.Measuring;

namespace RepoPortal.Benchmarks.Content;

/// <summary>What a browser transfers for a page at the first visit and afterwards, when its largest part is painted, and how far its layout moves.</summary>
internal static class PageWeightBenchmark
{
    private const string Observe = """
        window.shift = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) window.painted = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
        """;

    private static readonly string[] Pages = ["r/real/tree/trunk", "r/real/tree/trunk/README", "r/real/log/trunk", "r/real/rev/1500", "r/real/blame/trunk/README", "r/real/activity"];

    public static async Task RunAsync()
    {
        await using var histories = await ServedHistories.StartAsync();
        await histories.AddAsync("real", RealHistory.LoadAsync);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("REPOPORTAL_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        foreach (var address in Pages)
        {
            await using var visitor = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = histories.Server.Address.ToString() });
            var page = await visitor.NewPageAsync();
            await page.AddInitScriptAsync(Observe);
            var first = await VisitAsync(visitor, page, address);
            var again = await VisitAsync(visitor, page, address);
            Report.Write(
                $"/{address}, transferred at the first visit, and when it is opened again",
                string.Create(CultureInfo.InvariantCulture, $"{first.Bytes / 1000:0.0} kB, {again.Bytes / 1000:0.0} kB"), first.Bytes < 150_000 && again.Bytes < 30_000, "under 150 kB, under 30 kB");
            Report.Write(
                $"/{address}, largest paint and layout shift at the first visit",
                string.Create(CultureInfo.InvariantCulture, $"{first.PaintedMs:0} ms, {first.Shift:0.####}"), first.PaintedMs < 1000 && first.Shift < 0.01, "under 1 s, none");
        }
    }

    private static async Task<(double Bytes, double PaintedMs, double Shift)> VisitAsync(IBrowserContext visitor, IPage page, string address)
    {
        var session = await visitor.NewCDPSessionAsync(page);
        var bytes = 0d;
        await session.SendAsync("Network.enable");
        session.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.WaitForTimeoutAsync(300);
        var painted = await page.EvaluateAsync<double>("window.painted ?? 0");
        var shift = await page.EvaluateAsync<double>("window.shift");
        await session.DetachAsync();
        return (bytes, painted, shift);
    }
}
