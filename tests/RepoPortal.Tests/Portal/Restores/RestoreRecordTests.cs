using System.Net;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Nodes;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Restores;
using RepoPortal.Portal.Tasks;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Restores;

public sealed class RestoreRecordTests(Portals portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_import_that_was_lost_with_the_machine_has_failed_and_can_be_deleted(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        await portal.RecordAsync(record =>
        {
            var task = TaskKeys.NewTask(TaskKind.Import, repository.Id, Actor.Operator, TimeProvider.System.GetUtcNow());
            (task.State, task.LeaseUntil) = (TaskState.Running, task.RequestedAt.AddMinutes(4));
            record.Add(task);
            return record.SaveChangesAsync(Cancel);
        });
        await portal.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row.SetProperty(stored => stored.State, RepositoryState.Importing), Cancel));

        await portal.DoAsync<RestoreRecord, bool>(async restore =>
        {
            await restore.CloseAsync(Cancel);
            await restore.TryAgainAsync(Cancel);
            return true;
        });

        const string Sentence = "The machine was lost while this was imported, and with it what was loaded so far. Import it again, from the beginning, or delete it.";
        var seen = await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}", Cancel).JsonAsync();
        Assert.Equal(("failed", Sentence), (seen.Text("state"), seen.Text("failureReason")));
        Assert.Equal(0, await portal.RecordAsync(record => record.Tasks.CountAsync(task => task.Key != null, Cancel)));
        Assert.Equal(["repository.failed"], await portal.RecordAsync(record => record.Audit.OrderByDescending(entry => entry.Id).Take(1).Select(entry => entry.Action).ToListAsync(Cancel)));
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync($"/api/v1/repositories/{repository.Name}", Cancel)).StatusCode);
    }

    [Theory, OnEachDatabase]
    public async Task What_was_in_the_trash_keeps_its_time_there(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var gone = new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await portal.RecordAsync(async record =>
        {
            record.Add(new Node { Name = "node-1", Host = "lost", FreeBytes = 0, TotalBytes = 1, StartedAt = gone.AddYears(-20), SeenAt = gone.AddYears(-20) });
            record.Add(new Copy { Id = Guid.NewGuid(), RepositoryId = repository.Id, NodeName = "node-1", Generation = 1, Role = CopyRole.Primary, Epoch = 1 });
            var row = await record.Repositories.SingleAsync(row => row.Id == repository.Id, Cancel);
            (row.State, row.DeletedAt, row.DeletedBy, row.GoneAt) = (RepositoryState.Deleted, gone.AddDays(-30), owner.Name.Value, gone);
            return await record.SaveChangesAsync(Cancel);
        });

        await portal.DoAsync<RestoreRecord, bool>(async restore =>
        {
            await restore.CloseAsync(Cancel);
            return true;
        });

        var closed = await portal.RecordAsync(record => record.Repositories.AsNoTracking().SingleAsync(row => row.Id == repository.Id, Cancel));
        Assert.Equal((RepositoryState.Restoring, gone, owner.Name.Value), (closed.State, closed.GoneAt!.Value, closed.DeletedBy));
    }
}
