using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tasks;
using RepoPortal.StorageNode.Backups;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Tasks;

/// <summary>What waits for what among tasks.</summary>
public sealed class TaskLaneTests(Portals portals) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    [Theory, OnEachDatabase]
    public async Task A_verification_that_takes_for_ever_keeps_no_backup_waiting(Database database)
    {
        await using var portal = await PortalHost.StartWithNodeAsync(
            _scratch.Path,
            ("RepoPortal:Database", await portals.ConnectionAsync(database)),
            ("RepoPortal:Backup:SameFileSystem", "true"),
            ("RepoPortal:Backup:Parallel", "1"));
        var owner = await portal.PersonAsync();
        var (slow, quick) = (await portal.RepositoryAsync(owner), await portal.RepositoryAsync(owner));
        await UntilDoneAsync(portal, Upkeep.Backup, slow);

        using (await portal.Services.GetRequiredService<BackupLocks>().EnterAsync(new RepositoryCopy(slow.Id, 1), TestContext.Current.CancellationToken))
        {
            var verification = await AskAsync(portal, Upkeep.Verification, slow);
            await Eventually.TrueAsync(() => portal.RecordAsync(record =>
                record.Tasks.AnyAsync(task => task.RepositoryId == slow.Id && task.Kind == TaskKind.VerifyBackup && task.State == TaskState.Running)));

            await UntilDoneAsync(portal, Upkeep.Backup, quick);
            Assert.NotEqual(0, await portal.Services.GetRequiredService<AskForUpkeep>().CountOpenAsync(verification, TestContext.Current.CancellationToken));
        }
    }

    public void Dispose() => _scratch.Dispose();

    private static async Task<UpkeepRequest> AskAsync(PortalHost portal, Upkeep what, RepositoryView repository) =>
        (await portal.DoAsync<AskForUpkeep, Outcome<UpkeepRequest>>(ask => ask.ExecuteAsync(what, repository.Name.Value, Actor.Operator, default))).Value;

    private static async Task UntilDoneAsync(PortalHost portal, Upkeep what, RepositoryView repository)
    {
        var request = await AskAsync(portal, what, repository);
        var upkeep = portal.Services.GetRequiredService<AskForUpkeep>();
        await Eventually.TrueAsync(async () => await upkeep.CountOpenAsync(request, default) == 0, TimeSpan.FromSeconds(30));
        Assert.Empty(await upkeep.FindFailuresAsync(request, default));
    }
}
