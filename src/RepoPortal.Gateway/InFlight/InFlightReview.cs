using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Access;
using RepoPortal.Gateway.Decisions;
using RepoPortal.Gateway.Refusals;

namespace RepoPortal.Gateway.InFlight;

/// <summary>
/// Cuts requests in flight whose person may not go on: after a change of access, when a token, a person's time or a grant ends, and when changes of access do
/// not reach this gateway any more. Done within a second.
/// </summary>
internal sealed class InFlightReview(
    ForwardedRequests requests, AccessSnapshots snapshots, SnapshotLease lease, GatewayMetrics metrics, TimeProvider time, ILogger<InFlightReview> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    // With the period well below the second. Who cannot be answered for in this time is cut: to keep access by accident is worse than to try again.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    /// <summary>A change of access was announced and the snapshots have forgotten what it concerns. Asks nobody, since whoever made the change waits.</summary>
    internal void Take(AccessChange change)
    {
        foreach (var request in requests.Concerned(change))
        {
            // They may still reach the repository, but not every path of it; how much of the answer is made of those paths nobody can tell.
            if (change.Losing?.Concerns(request.User) == true)
                Cut(request, "lost a path");
            else
                request.InDoubt = true;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var request in requests.All)
            {
                if ((request.InDoubt || !request.Grounds.Hold(lease, time)) && request.TryBeginReview())
                    _ = ReviewAsync(request); // one that the portal does not answer for must not hold up the others
            }
        }
    }

    private async Task ReviewAsync(ForwardedRequest request)
    {
        try
        {
            request.InDoubt = false; // before asking: a change that comes meanwhile raises it again
            if (await DecideAgainAsync(request) is { } reason)
                Cut(request, reason);
        }
        catch (Exception failure) // whatever it is, nobody can say that this request may go on
        {
            log.LogError(failure, "it could not be found out whether a request in flight for {Repository} may go on", request.Route.Name);
            Cut(request, "no answer");
        }
        finally
        {
            request.EndReview();
        }
    }

    /// <summary>Null when it may go on.</summary>
    private async Task<string?> DecideAgainAsync(ForwardedRequest request)
    {
        var term = lease.CurrentTerm;
        TokenHolder? holder = null;
        if (request.Caller.Holder is { } was)
        {
            holder = await snapshots.FindToken(request.Caller.Token, CancellationToken.None).AsTask().WaitAsync(Patience, time);
            if (holder is null || holder.User != was.User || holder.ExpiresAt <= time.GetUtcNow())
                return "token ended";
        }

        var route = await snapshots.FindRepository(request.Route.Name, CancellationToken.None).AsTask().WaitAsync(Patience, time);
        if (route?.Copy.Repository != request.Route.Copy.Repository || AccessDecision.Decide(route, holder, request.Access) is not null)
            return "access ended";
        // Of a change that was not heard nobody knows who lost a path by it.
        if (request.Grounds.Term != term && request.Grounds.AccessVersion != route.AccessVersion)
            return "access changed unheard";
        request.Grounds = Grounds.Of(term, route, holder, time);
        return null;
    }

    private void Cut(ForwardedRequest request, string reason)
    {
        if (!request.TryCut())
            return;
        metrics.Cut(reason);
        log.LogInformation(
            "cut a {Access} of {Repository} by {User} in flight: {Reason}", request.Access, request.Route.Name, request.User?.Value ?? "anonymous", reason);
    }
}
