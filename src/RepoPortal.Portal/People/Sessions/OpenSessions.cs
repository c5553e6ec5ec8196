namespace RepoPortal.Portal.People.Sessions;

/// <summary>The sessions somebody has open, for use cases that end them in the same save as its cause.</summary>
internal static class OpenSessions
{
    /// <summary>Those that were neither ended nor left alone for too long.</summary>
    internal static IQueryable<UserSession> Open(this IQueryable<UserSession> sessions, Guid userId, DateTimeOffset now)
    {
        var oldest = now - UserSession.Lifetime;
        return sessions.Where(session => session.UserId == userId && session.EndedAt == null && session.LastSeenAt > oldest);
    }

    /// <summary>Ends all of somebody's sessions, except one if there is one to keep, with what <paramref name="record"/> saves next.</summary>
    /// <returns>Those that were ended.</returns>
    internal static async Task<List<UserSession>> EndSessionsAsync(
        this RecordContext record, Guid userId, Guid? except, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await record.Sessions.Open(userId, now).Where(session => session.Id != except).ToListAsync(cancellationToken);
        foreach (var session in open)
            session.EndedAt = now;
        return open;
    }
}
