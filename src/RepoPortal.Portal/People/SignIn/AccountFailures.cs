using RepoPortal.Portal.Audit;
using RepoPortal.Portal.People.Sessions;

namespace RepoPortal.Portal.People.SignIn;

/// <summary>
/// The failures at one account, from wherever they come, in its row. Who signed in from an address before is let try from there all the same, and nothing
/// here touches tokens: guessing from outside keeps nobody out.
/// </summary>
internal sealed class AccountFailures(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    private const int Free = 20;

    /// <summary>Whether the account has to be left alone by that visitor.</summary>
    internal async Task<bool> IsClosedAsync(User user, Visitor visitor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (user.LockoutEnd is not { } end || end <= now)
            return false;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var since = now - UserSession.KeptFor;
        return !await record.Sessions.AnyAsync(
            session => session.UserId == user.Id && session.LastSeenAt > since && session.Address == visitor.Address, cancellationToken);
    }

    /// <summary>Counts a failure and writes it into the audit.</summary>
    internal async Task AddAsync(User user, string method, Visitor visitor, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var row = record.Users.Where(candidate => candidate.Id == user.Id);
        await row.ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.AccessFailedCount, candidate => candidate.AccessFailedCount + 1), cancellationToken);
        var failures = await row.Select(candidate => candidate.AccessFailedCount).SingleAsync(cancellationToken);
        if (FailureDelay.After(failures, Free) is var delay && delay > TimeSpan.Zero)
            await row.ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.LockoutEnd, now + delay), cancellationToken);
        record.Add(SessionAudit.Refused(now, user, method, visitor, reason));
        await record.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes down that a whole network has to wait; once for each time it does.</summary>
    internal async Task NoteAsync(Visitor visitor, string method, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        record.Add(AuditEntry.Of(
            time.GetUtcNow(), Actor.Anonymous, AuditAction.SessionRefused, visitor.Network, detail: new { method, visitor.Address, reason = "too many failures" }));
        await record.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Somebody proved to be the person.</summary>
    internal async Task ForgetAsync(User user, CancellationToken cancellationToken)
    {
        if (user.AccessFailedCount == 0 && user.LockoutEnd is null)
            return;
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        await record.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null), cancellationToken);
    }
}
