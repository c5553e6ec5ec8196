using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.People.Sessions;

/// <summary>A session that is open.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="NeedsSecondFactor">Whether its person must have a second factor, and came in by the password alone.</param>
internal sealed record FoundSession(User User, bool NeedsSecondFactor);

/// <summary>Whose session a cookie belongs to; asked on every request, hence one query.</summary>
internal sealed class FindSession(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    // How exact "last seen" is. Writing it on every request would cost more than it tells.
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(5);

    // So long without a page, and the next one begins another visit.
    private static readonly TimeSpan VisitEnd = TimeSpan.FromMinutes(30);

    /// <summary>The session; null when it was ended or lapsed, or the person is not let in any more.</summary>
    internal async Task<FoundSession?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var grants = record.Grants(now);
        var found = await record.Sessions
            .Where(session => session.Id == id && session.EndedAt == null)
            .Join(record.Users, session => session.UserId, user => user.Id, (session, user) => new
            {
                User = user,
                session.LastSeenAt,
                NeedsSecondFactor = session.Method == SessionMethod.Password && !user.TwoFactorEnabled && record.Policies.Any(policy =>
                    (policy.AdministratorsNeedSecondFactor && user.IsAdministrator)
                    || (policy.OwnersNeedSecondFactor && grants.Any(grant => grant.UserId == user.Id && grant.Access == AccessLevel.Owner))),
            })
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null || found.LastSeenAt + UserSession.Lifetime <= now || !found.User.IsActive(now))
            return null;
        if (now - found.LastSeenAt >= Grain)
            await SeeAsync(record, id, found.User.Id, now, cancellationToken);
        if (found.User.PageSeenAt is not { } page || now - page >= Grain)
            await VisitAsync(record, found.User, now, cancellationToken);
        return new FoundSession(found.User, found.NeedsSecondFactor);
    }

    // The condition is the database's, because a page is asked for together with what it shows: the first request of a visit moves its beginning, and no other.
    private static Task<int> VisitAsync(RecordContext record, User user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (seen, over) = (now - Grain, now - VisitEnd);
        return record.Users
            .Where(row => row.Id == user.Id && (row.PageSeenAt == null || row.PageSeenAt <= seen))
            .ExecuteUpdateAsync(
                row => row.SetProperty(visitor => visitor.LastVisitAt, visitor => visitor.PageSeenAt <= over ? visitor.PageSeenAt : visitor.LastVisitAt)
                    .SetProperty(visitor => visitor.PageSeenAt, now),
                cancellationToken);
    }

    private static async Task SeeAsync(RecordContext record, Guid id, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await record.Sessions.Where(session => session.Id == id).ExecuteUpdateAsync(row => row.SetProperty(session => session.LastSeenAt, now), cancellationToken);
        await record.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(row => row.SetProperty(user => user.LastSeenAt, now), cancellationToken);
    }
}
