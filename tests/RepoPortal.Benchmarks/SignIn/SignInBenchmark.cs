using RepoPortal.Benchmarks.Inventory;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.SignIn;

/// <summary>The sign-in page as a visitor gets it, beside the first page of somebody signed in.</summary>
internal static class SignInBenchmark
{
    private const int Rounds = 200;

    public static async Task RunAsync()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AddUserAsync("mei");
        using var browser = await Browser.SignInAsync(server.Address, "mei", RunningServer.Password);
        using var visitor = new HttpClient { BaseAddress = server.Address };
        var (form, first) = await SideBySide.RunAsync(Rounds, () => visitor.GetByteArrayAsync("sign-in"), () => browser.GetAsync(""), warmUps: 50);
        Report.Write(
            "sign-in page, warm (/ the first page of somebody signed in)",
            $"median {Report.Ms(form.Median)}, 95th {Report.Ms(form.Percentile(95))} (/ {Report.Ms(first.Median)}, {Report.Ms(first.Percentile(95))})",
            form.Percentile(95) < 50,
            "95th percentile under 50 ms");
    }
}
