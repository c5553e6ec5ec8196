using RepoPortal.Contracts.Access;
using RepoPortal.Portal.People.Tokens;

namespace RepoPortal.Portal.People.ServiceAccounts;

/// <summary>One's own service accounts, and those of others that one may take over.</summary>
/// <param name="Mine">One's own, with their tokens.</param>
/// <param name="Others">Those that may be taken over.</param>
public sealed record ServiceAccountList(IReadOnlyList<ServiceAccountView> Mine, IReadOnlyList<ServiceAccountView> Others);

/// <summary>Lists service accounts, each with its repositories.</summary>
internal sealed class ListServiceAccounts(IDbContextFactory<RecordContext> contexts, TimeProvider time)
{
    internal async Task<ServiceAccountList> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var record = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var mine = await ViewAsync(record, record.ServiceAccounts().Where(account => account.SponsorId == actor.UserId), withTokens: true, now, cancellationToken);
        var others = await ViewAsync(record, record.ServiceAccounts().ThatMayBeTakenOver(record, actor, now), withTokens: false, now, cancellationToken);
        return new ServiceAccountList(mine, others);
    }

    private static async Task<IReadOnlyList<ServiceAccountView>> ViewAsync(
        RecordContext record, IQueryable<User> accounts, bool withTokens, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await accounts
            .OrderBy(account => account.NormalizedUserName)
            .Select(account => new
            {
                Account = account,
                Owner = record.Users.SingleOrDefault(owner => owner.Id == account.SponsorId),
                Grants = record.Members.Where(member => member.UserId == account.Id)
                    .OrderBy(member => member.Repository.Name).Select(member => new { member.Repository.Name, member.Access }).ToList(),
            })
            .AsNoTracking()
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        var views = new List<ServiceAccountView>();
        foreach (var row in rows.Where(row => row.Owner is not null))
        {
            var tokens = withTokens ? await ListTokens.OfAsync(record, token => token.UserId == row.Account.Id, cancellationToken) : [];
            views.Add(new ServiceAccountView(
                row.Account.Name,
                row.Account.DisplayName,
                row.Owner!.Name,
                row.Owner.IsActive(now),
                [.. row.Grants.Select(grant => new ServiceGrant(grant.Name, grant.Access))],
                tokens));
        }

        return views;
    }
}
