using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.Repositories.Invitations;

/// <summary>Keeps whoever tries codes from trying many: after some that lead nowhere, the network they come from has to wait.</summary>
internal sealed class InvitationGuesses : IDisposable
{
    private const int Allowed = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(network => RateLimitPartition.GetFixedWindowLimiter(
        network, _ => new FixedWindowRateLimiterOptions { PermitLimit = Allowed, Window = Window }));

    /// <summary>A refusal when too many came from there that led nowhere; null when another may be tried.</summary>
    internal Refusal? Refuse(HttpContext context)
    {
        // Nothing is taken; only whether something is left is asked.
        using var lease = _wrong.AttemptAcquire(Visitor.Of(context).Network, permitCount: 0);
        return lease.IsAcquired ? null : Refusal.Forbidden("Too many codes and links from your network led nowhere; try again in ten minutes.");
    }

    /// <summary>Counts one that led nowhere.</summary>
    internal void Count(HttpContext context)
    {
        using var lease = _wrong.AttemptAcquire(Visitor.Of(context).Network);
    }

    public void Dispose() => _wrong.Dispose();
}
