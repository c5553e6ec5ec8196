using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Access;
using RepoPortal.Portal.Audit;

namespace RepoPortal.Portal.Repositories.Members;

/// <summary>Takes grants whose end has come out of the record. Gateways count the end by themselves; this makes the pages, the access files and the audit follow.</summary>
internal sealed class GrantExpiry(
    IDbContextFactory<RecordContext> contexts, AccessChanges changes, IHostApplicationLifetime host, TimeProvider time, ILogger<GrantExpiry> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => host.RepeatAsync(Period, EndAsync, time, logger, stoppingToken);

    /// <summary>Ends every grant that is over by now.</summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<RepositoryId> concerned;
        await using (var record = await contexts.CreateDbContextAsync(cancellationToken))
        {
            concerned = await record.Members.Where(member => member.EndsAt <= now).Select(member => member.RepositoryId)
                .Union(record.GroupGrants.Where(grant => grant.EndsAt <= now).Select(grant => grant.RepositoryId))
                .ToListAsync(cancellationToken);
        }

        foreach (var id in concerned)
        {
            var losing = await contexts.UndisturbedAsync(record => EndAsync(record, id, now, cancellationToken), cancellationToken);
            await changes.PublishAsync(id, Losses.Of(losing));
        }
    }

    private static async Task<UserName[]> EndAsync(
        RecordContext record, RepositoryId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var repository = await record.Repositories.WithAccess().SingleAsync(row => row.Id == id, cancellationToken);
        var members = repository.Members.Where(member => member.EndsAt <= now).ToList();
        var groups = repository.GroupGrants.Where(grant => grant.EndsAt <= now).ToList();
        foreach (var member in members)
        {
            Grants.Take(repository, member);
            Note(member.User.UserName!, member.Access);
        }

        foreach (var grant in groups)
        {
            Grants.Take(repository, grant);
            Note(grant.Group.Name.Value, grant.Access);
        }

        await record.SaveChangesAsync(cancellationToken);
        return [.. members.Select(member => member.User.Name), .. groups.SelectMany(grant => grant.Group.Members).Select(member => member.User.Name)];

        void Note(string who, AccessLevel access) =>
            record.Add(AuditEntry.Of(now, Actor.System, AuditAction.GrantEnded, who, id, new { access = Spelling.Of(access) }));
    }
}
