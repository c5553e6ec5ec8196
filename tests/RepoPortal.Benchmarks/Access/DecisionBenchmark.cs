using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Benchmarks.Measuring;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.InFlight;
using RepoPortal.Gateway.Targets;
using RepoPortal.Server.Hosting;
using RepoPortal.SystemTests.Fixtures;

namespace RepoPortal.Benchmarks.Access;

/// <summary>What the gateway does before it forwards a request: target, who, may they, and the entry among those in flight; the real server in this process.</summary>
internal static class DecisionBenchmark
{
    private const int Members = 1000;
    private const int Times = 100_000;

    public static async Task RunAsync()
    {
        await using var server = await ServerInProcess.StartAsync(Members);
        await server.CreateAsync("with-members");
        await server.Api.CreateReadyAsync("public-one", visibility: "public");
        await server.People.JoinAsync("with-members");
        await server.Api.SendAsync(HttpMethod.Put, "repositories/with-members/rules", new { rules = Array.Empty<object>() });

        var member = await DecideAsync(server.Services, "with-members", server.People.MemberToken);
        var visitor = await DecideAsync(server.Services, "public-one", token: null);
        Report.Write(
            string.Create(CultureInfo.InvariantCulture, $"access decision, warm: a member of a repository of {Members} (/ a visitor of a public one)"),
            string.Create(CultureInfo.InvariantCulture, $"{member:0.0} µs (/ {visitor:0.0} µs)"),
            member < 20 && visitor < 20,
            "under 20 µs");
    }

    /// <summary>Microseconds a decision takes: the median of ten rounds, after one that warms up.</summary>
    private static async Task<double> DecideAsync(IServiceProvider services, string repository, string? token)
    {
        var rounds = new List<double>();
        for (var round = 0; round <= 10; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Times / 10; i++)
                await DecideOnceAsync(services.GetRequiredService<Admission>(), services.GetRequiredService<ForwardedRequests>(), repository, token);
            if (round > 0)
                rounds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / (Times / 10));
        }

        return new Samples(rounds).Median;
    }

    private static async ValueTask DecideOnceAsync(Admission admission, ForwardedRequests requests, string repository, string? token)
    {
        var context = new DefaultHttpContext { Request = { Method = "GET", Scheme = "http", Host = new HostString("localhost", 8080) } };
        if (token is not null)
            context.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SeededPeople.Member}:{token}"));
        if (!RequestTarget.TryParse($"/repos/{repository}/trunk/file.txt", ClientOrigin.Of(context.Request), out var target, out var malformed))
            throw new InvalidOperationException(malformed);
        DavMethods.TryClassify("GET", out var access);
        var (admitted, refusal) = await admission.Admit(context, target.Path.Name, access);
        requests.Remove(admitted ?? throw new InvalidOperationException($"refused: {refusal}"));
    }
}
