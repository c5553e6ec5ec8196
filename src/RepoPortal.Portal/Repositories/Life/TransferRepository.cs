using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Mail;
using RepoPortal.Portal.Repositories.Members;
using RepoPortal.Portal.Repositories.View;

namespace RepoPortal.Portal.Repositories.Life;

/// <summary>Who is to own a repository instead of whom.</summary>
/// <param name="To">The new owner's user name.</param>
/// <param name="From">The present owner's; null for whoever asks, if they are one.</param>
/// <param name="Leave">True to end the present owner's access; otherwise they may still write.</param>
public sealed record Transfer(string? To, string? From = null, bool Leave = false);

/// <summary>Hands a repository over: somebody becomes its owner, and a present one stops being that.</summary>
internal sealed class TransferRepository(
    IDbContextFactory<RecordContext> contexts, AccessChanges changes, Outbox outbox, PublicAddress address, TimeProvider time)
{
    /// <returns>The new owner.</returns>
    internal async Task<Outcome<MemberView>> ExecuteAsync(string name, Transfer transfer, Actor actor, CancellationToken cancellationToken)
    {
        var done = await contexts.UndisturbedAsync(record => TransferAsync(record, name, transfer, actor, cancellationToken), cancellationToken);
        if (!done.Succeeded(out var handed, out var refusal))
            return refusal;
        outbox.Wake();
        await changes.PublishAsync(handed.Owner.RepositoryId, handed.Before is { } before ? Losses.Of(before) : null);
        return MemberView.Of(handed.Owner);
    }

    /// <summary>What it would be refused with; nothing comes of it.</summary>
    internal async Task<Refusal?> RehearseAsync(string name, Transfer transfer, Actor actor, CancellationToken cancellationToken) =>
        (await contexts.RehearseAsync(record => TransferAsync(record, name, transfer, actor, cancellationToken), cancellationToken)).Refusal;

    private async Task<Outcome<HandedOver>> TransferAsync(RecordContext record, string name, Transfer transfer, Actor actor, CancellationToken cancellationToken)
    {
        var found = await record.FindManagedAsync(name, actor, "hand it over", cancellationToken);
        if (!found.Succeeded(out var repository, out var refusal))
            return refusal;
        var now = time.GetUtcNow();
        if (!(await FindHeirAsync(record, transfer.To, now, cancellationToken)).Succeeded(out var heir, out refusal))
            return refusal;
        if (!FindPresent(repository, transfer.From, actor, out var present, out refusal))
            return refusal;
        if (present?.UserId == heir.Id)
            return Refusal.Invalid("to", $"'{heir.Name}' owns it already; choose somebody else.");

        var owner = Grants.Give(repository, heir, new NewGrant(AccessLevel.Owner), actor, now);
        if (present is not null && transfer.Leave)
            Grants.Take(repository, present);
        else if (present is not null)
            Grants.Give(repository, present.User, new NewGrant(AccessLevel.Write), actor, now);
        record.Add(AuditEntry.Of(now, actor, AuditAction.RepositoryTransferred, heir.UserName!, repository.Id, new
        {
            from = present?.User.UserName,
            stays = present is null ? null : transfer.Leave ? "no access" : Spelling.Of(AccessLevel.Write),
        }));
        Tell(record, repository, heir, present?.User, transfer.Leave, actor);
        await record.SaveChangesAsync(cancellationToken);
        return new HandedOver(owner, present?.User);
    }

    private static async Task<Outcome<User>> FindHeirAsync(RecordContext record, string? to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(to?.Trim(), out var name, out _) || await record.Users.WithName(name).SingleOrDefaultAsync(cancellationToken) is not { } heir)
            return Refusal.Invalid("to", $"There is nobody called '{to}' here; invite them first.");
        if (heir.Kind == UserKind.Service)
            return Refusal.Invalid("to", $"'{name}' is a service account; a repository is owned by a person.");
        return heir.IsActive(now) ? heir : Refusal.Invalid("to", $"'{name}' is suspended or has ended, and cannot own it.");
    }

    /// <summary>The one who stops being the owner; nobody when an administrator asks, names nobody, and is none.</summary>
    private static bool FindPresent(
        Repository repository, string? from, Actor actor, out Membership? present, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out Refusal? refusal)
    {
        var name = string.IsNullOrWhiteSpace(from) ? actor.Name?.Value : from.Trim();
        present = repository.Members.SingleOrDefault(member => member.Access == AccessLevel.Owner && member.User.UserName == name);
        refusal = present is not null || (string.IsNullOrWhiteSpace(from) && actor.IsAdministrator) ? null
            : string.IsNullOrWhiteSpace(from) ? Refusal.Conflict("You own it through a group; change what the group may do instead, on the page about its people.")
            : Refusal.Invalid("from", $"'{name}' is not an owner by themselves, so there is nothing to hand over.");
        return refusal is null;
    }

    private void Tell(RecordContext record, Repository repository, User heir, User? before, bool leaves, Actor actor)
    {
        var mail = new LifeMail(address.Root);
        if (heir.Email is not null && heir.Id != actor.UserId)
            outbox.Add(record, mail.NowYours(heir, repository.Name, actor.Label));
        if (before?.Email is not null && before.Id != actor.UserId)
            outbox.Add(record, mail.NoLongerYours(before, repository.Name, heir, leaves, actor.Label));
    }

    private sealed record HandedOver(Membership Owner, User? Before);
}
