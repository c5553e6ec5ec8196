using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using RepoPortal.Contracts.Usage;

namespace RepoPortal.Gateway.Usage;

/// <summary>Tells the portal every few seconds, and at the stop, what was counted. What it does not take is told again later.</summary>
/// <remarks>If the portal saves a batch and the answer is lost, that batch is counted twice: rather too much than somebody unseen.</remarks>
internal sealed class UsageReporter(UsageCounts counts, IGrainFactory grains, TimeProvider time, ILogger<UsageReporter> log) : BackgroundService
{
    private const int MostAtOnce = 5_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private long _lost;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // Requests have ended by now, since the server stops listening before its services stop.
        if (!await TryTell())
            log.LogWarning("what was counted in the last seconds could not be told to the portal and is lost");
    }

    /// <summary>Tells everything counted so far; false when the portal did not take it.</summary>
    internal async Task<bool> TryTell()
    {
        while (counts.Take() is { } taken)
        {
            var rest = taken;
            try
            {
                while (rest.Uses.Length + rest.Tokens.Length > 0)
                {
                    var part = new UsageBatch(First(rest.Uses), First(rest.Tokens));
                    await grains.GetGrain<IUsageIntake>(0).Add(part);
                    rest = new UsageBatch(rest.Uses.RemoveRange(0, part.Uses.Length), rest.Tokens.RemoveRange(0, part.Tokens.Length));
                }
            }
            catch (Exception failure) // a silo away, a call timed out, or the portal's database broken: told again with what comes
            {
                counts.PutBack(rest);
                log.LogWarning(failure, "the portal did not take what was counted; it is told again");
                return false;
            }
        }

        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryTell();
            if (counts.Lost is var lost && lost > _lost)
                log.LogError("{Requests} requests were not counted: too much is waiting for the portal to take it", lost - _lost);
            _lost = counts.Lost;
        }
    }

    private static ImmutableArray<T> First<T>(ImmutableArray<T> all) => all.Length > MostAtOnce ? all[..MostAtOnce] : all;
}
