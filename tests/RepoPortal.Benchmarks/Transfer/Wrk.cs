using System.Globalization;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace RepoPortal.Benchmarks.Transfer;

/// <summary>The load generator <c>wrk</c>: 8 connections, one thread.</summary>
internal static class Wrk
{
    /// <summary>Requests a second, all of them answered with success; an error in one makes the figure worthless.</summary>
    public static Task<double> RequestsPerSecondAsync(Uri address, string user, string password, TimeSpan duration) =>
        RequestsPerSecondAsync(address, duration, "-H", $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}");

    /// <summary>The same, by somebody without credentials.</summary>
    public static async Task<double> RequestsPerSecondAsync(Uri address, TimeSpan duration, params string[] options)
    {
        var result = await Cli.Wrap("wrk")
            .WithArguments(["-t1", "-c8", string.Create(CultureInfo.InvariantCulture, $"-d{duration.TotalSeconds:0}s"), .. options, address.ToString()])
            .ExecuteBufferedAsync();
        if (result.StandardOutput.Contains("Non-2xx", StringComparison.Ordinal))
            throw new InvalidOperationException(result.StandardOutput);
        var line = result.StandardOutput.Split('\n').First(text => text.StartsWith("Requests/sec:", StringComparison.Ordinal));
        return double.Parse(line["Requests/sec:".Length..], CultureInfo.InvariantCulture);
    }
}
