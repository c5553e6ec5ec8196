using System.Diagnostics;

namespace RepoPortal.Benchmarks.Measuring;

/// <summary>Times two things in turn (A B A B …), so that a machine that slows down slows both.</summary>
internal static class SideBySide
{
    /// <summary>Runs each <paramref name="warmUps"/> times uncounted, then <paramref name="rounds"/> times.</summary>
    /// <param name="rounds">How many runs of each are counted.</param>
    /// <param name="a">One side.</param>
    /// <param name="b">The other side.</param>
    /// <param name="warmUps">The runtime compiles what runs often a second time, better: a server that just started is not the one people use.</param>
    public static async Task<(Samples A, Samples B)> RunAsync(int rounds, Func<Task> a, Func<Task> b, int warmUps = 1)
    {
        for (var warmUp = 0; warmUp < warmUps; warmUp++)
        {
            await a();
            await b();
        }

        var (samplesA, samplesB) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            samplesA.Add(await TimeAsync(a));
            samplesB.Add(await TimeAsync(b));
        }

        return (new Samples(samplesA), new Samples(samplesB));
    }

    /// <summary>Milliseconds that one run takes.</summary>
    public static async Task<double> TimeAsync(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
