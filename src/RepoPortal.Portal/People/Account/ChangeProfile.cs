using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;

namespace RepoPortal.Portal.People.Account;

/// <summary>Changes what others see of oneself.</summary>
internal sealed class ChangeProfile(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal Task<Outcome<PersonView>> ExecuteAsync(string? displayName, Actor actor, CancellationToken cancellationToken) =>
        contexts.UndisturbedAsync(record => ChangeAsync(record, (displayName ?? "").Trim(), actor, cancellationToken), cancellationToken);

    private async Task<Outcome<PersonView>> ChangeAsync(RecordContext record, string displayName, Actor actor, CancellationToken cancellationToken)
    {
        if (displayName.Length == 0)
            return Refusal.Invalid("displayName", "Give the name that others see.");
        if (PlainText.Refuse(displayName, "A display name", User.MaxDisplayNameLength) is { } sentence)
            return Refusal.Invalid("displayName", sentence);
        var user = await record.Users.SingleAsync(candidate => candidate.Id == actor.UserId, cancellationToken);
        var before = user.DisplayName;
        user.DisplayName = displayName;

        // The inventory finds repositories by their owners' names.
        foreach (var repository in await OwnedAsync(record, user, cancellationToken))
            repository.RefreshInventoryColumns();
        record.Add(AuditEntry.Of(time.GetUtcNow(), actor, AuditAction.UserChanged, user.UserName!, detail: new { before, after = displayName }));
        await record.SaveChangesAsync(cancellationToken);
        return PersonView.Of(user);
    }

    private static Task<List<Repository>> OwnedAsync(RecordContext record, User user, CancellationToken cancellationToken) =>
        record.Repositories.Whole()
            .Where(repository => repository.Members.Any(member =>
                member.UserId == user.Id && member.Access == Contracts.Access.AccessLevel.Owner))
            .ToListAsync(cancellationToken);
}
