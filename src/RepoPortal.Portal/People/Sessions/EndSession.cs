namespace RepoPortal.Portal.People.Sessions;

/// <summary>Ends sessions of one's own: this one, one in another browser, or all of the others. They are out with their next request.</summary>
internal sealed class EndSession(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    /// <summary>Ends one.</summary>
    internal async Task<Outcome<Done>> ExecuteAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        if (await record.Sessions.SingleOrDefaultAsync(row => row.Id == id && row.UserId == actor.UserId && row.EndedAt == null, cancellationToken) is not { } session)
            return Refusal.NotFound("There is no such session, or it has ended already.");
        session.EndedAt = now;
        record.Add(SessionAudit.Ended(now, actor, actor.Label, session));
        await record.SaveChangesAsync(cancellationToken);
        return Done.Instance;
    }

    /// <summary>Ends all of them, except the one to keep if there is one.</summary>
    /// <returns>How many were ended.</returns>
    internal async Task<int> EverywhereAsync(Guid? except, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var ended = await record.EndSessionsAsync(actor.UserId!.Value, except, now, cancellationToken);
        record.AddRange(ended.Select(session => SessionAudit.Ended(now, actor, actor.Label, session)));
        await record.SaveChangesAsync(cancellationToken);
        return ended.Count;
    }
}
