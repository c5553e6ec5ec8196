using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>Finds service accounts, and says who may do what with them.</summary>
internal static class ServiceAccountQueries
{
    /// <summary>Those that were not ended.</summary>
    internal static IQueryable<User> ServiceAccounts(this RecordContext record) =>
        record.Users.Where(user => user.Kind == UserKind.Service && user.Status == UserStatus.Active);

    /// <summary>Those that the actor may take over: administrators all, others those that have access to nothing but repositories they own.</summary>
    internal static IQueryable<User> ThatMayBeTakenOver(this IQueryable<User> accounts, RecordContext record, Actor actor, DateTimeOffset now)
    {
        var others = accounts.Where(account => account.SponsorId != actor.UserId);
        if (actor.IsAdministrator)
            return others;
        var owned = record.Members
            .Where(member => member.UserId == actor.UserId && member.Access == AccessLevel.Owner && (member.EndsAt == null || member.EndsAt > now))
            .Select(member => member.RepositoryId);
        return others.Where(account =>
            record.Members.Any(member => member.UserId == account.Id)
            && record.Members.Where(member => member.UserId == account.Id).All(member => owned.Contains(member.RepositoryId))
            && !record.GroupMembers.Any(member => member.UserId == account.Id));
    }

    /// <summary>The one of that name that the actor owns.</summary>
    internal static async Task<Outcome<User>> FindOwnedAsync(this RecordContext record, string name, Actor actor, CancellationToken cancellationToken) =>
        UserName.TryParse(name, out var parsed, out _)
        && await record.ServiceAccounts().WithName(parsed).SingleOrDefaultAsync(account => account.SponsorId == actor.UserId, cancellationToken) is { } account
            ? account
            : Refusal.NotFound("There is no such service account, or it is not yours.");
}
