namespace RepoPortal.Portal.People.Sessions;

/// <summary>A session as its owner sees it.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Method">How it began: one of <see cref="SessionMethod"/>, or the key of a provider.</param>
/// <param name="Address">Where it began.</param>
/// <param name="Browser">The browser, in words where it is a usual one.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastSeenAt">When it was last used, to a few minutes.</param>
public sealed record SessionView(Guid Id, string Method, string Address, string Browser, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

/// <summary>Lists one's own open sessions, the one used last first.</summary>
internal sealed class ListSessions(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal async Task<IReadOnlyList<SessionView>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var sessions = await record.Sessions.Open(actor.UserId!.Value, time.GetUtcNow())
            .OrderByDescending(session => session.LastSeenAt)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return [.. sessions.Select(row => new SessionView(row.Id, row.Method, row.Address, BrowserName.Of(row.Browser), row.CreatedAt, row.LastSeenAt))];
    }
}
