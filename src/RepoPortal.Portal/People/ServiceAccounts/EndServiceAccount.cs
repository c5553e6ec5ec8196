using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Members;

namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>Ends one's own service account: its tokens are revoked and its access is taken away. The name stays, for what it did.</summary>
internal sealed class EndServiceAccount(IDbContextFactory<RecordContext> contexts, AccessChanges changes, TimeProvider time)
{
    internal async Task<Outcome<Done>> ExecuteAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        var ended = await contexts.UndisturbedAsync(record => EndAsync(record, name, actor, cancellationToken), cancellationToken);
        if (!ended.Succeeded(out var done, out var refusal))
            return refusal;
        await changes.PublishAsync(done.Account);
        foreach (var repository in done.Repositories)
            await changes.PublishAsync(repository);
        return Done.Instance;
    }

    private async Task<Outcome<Ended>> EndAsync(RecordContext record, string name, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await record.FindOwnedAsync(name, actor, cancellationToken)).Succeeded(out var account, out var refusal))
            return refusal;
        var now = time.GetUtcNow();
        await ServiceTokens.RevokeAsync(record, account, now, cancellationToken);
        var repositories = await record.Repositories.Whole().Where(row => row.Members.Any(member => member.UserId == account.Id)).ToListAsync(cancellationToken);
        foreach (var repository in repositories)
        {
            Grants.Take(repository, repository.Members.Single(member => member.UserId == account.Id));
            record.Add(AuditEntry.Of(now, actor, AuditAction.MemberRemoved, account.UserName!, repository.Id));
        }

        account.Status = UserStatus.Suspended;
        account.ConcurrencyStamp = Accounts.NewSecurityStamp();
        record.Add(AuditEntry.Of(now, actor, AuditAction.UserSuspended, account.UserName!));
        await record.SaveChangesAsync(cancellationToken);
        return new Ended(account.Name, [.. repositories.Select(repository => repository.Id)]);
    }

    private sealed record Ended(UserName Account, IReadOnlyList<RepositoryId> Repositories);
}
