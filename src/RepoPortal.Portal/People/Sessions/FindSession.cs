namespace RepoPortal.Portal.People.Sessions;

/// <summary>Whose session a cookie belongs to; asked on every request, hence one query.</summary>
internal sealed class FindSession(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    // How exact "last seen" is. Writing it on every request would cost more than it tells.
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    /// <summary>The person; null when the session was ended or lapsed, or the person is not let in any more.</summary>
    internal async Task<User?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await record.Sessions
            .Where(session => session.Id == id && session.EndedAt == null)
            .Join(record.Users, session => session.UserId, user => user.Id, (session, user) => new { User = user, session.LastSeenAt })
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null || found.LastSeenAt + UserSession.Lifetime <= now || !found.User.IsActive(now))
            return null;
        if (now - found.LastSeenAt >= Grain)
            await SeeAsync(record, id, found.User.Id, now, cancellationToken);
        return found.User;
    }

    private static async Task SeeAsync(RecordContext record, Guid id, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await record.Sessions.Where(session => session.Id == id).ExecuteUpdateAsync(row => row.SetProperty(session => session.LastSeenAt, now), cancellationToken);
        await record.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(row => row.SetProperty(user => user.LastSeenAt, now), cancellationToken);
    }
}
