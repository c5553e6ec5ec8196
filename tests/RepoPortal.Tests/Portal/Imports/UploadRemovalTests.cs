using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using RepoPortal.Portal.Imports;
using RepoPortal.Portal.Imports.Uploads;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Tasks;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Imports;

[Collection(nameof(PortalsWithNode))]
public sealed class UploadRemovalTests(PortalsWithNode portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_nobody_goes_on_with_goes_after_a_week_and_what_is_used_stays(Database database)
    {
        var portal = await portals.OnAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);
        var (abandoned, young, imported) = (await UploadAsync(owner), await UploadAsync(owner), await UploadAsync(owner));
        // A task that the runner leaves alone: somebody else has it.
        var task = TaskKeys.NewTask(
            TaskKind.Import, repository.Id, Actor.System, TimeProvider.System.GetUtcNow(), new ImportParameters(new ImportOrigin(Upload: imported), []).ToJson());
        (task.State, task.LeaseUntil) = (TaskState.Running, TimeProvider.System.GetUtcNow().AddMinutes(4));
        await portal.RecordAsync(record =>
        {
            record.Add(task);
            return record.SaveChangesAsync(Cancel);
        });
        await TouchedAsync(days: 6.9);
        await RemoveAsync();
        Assert.Equal([abandoned, young, imported], await LeftAsync());

        await TouchedAsync(days: 7.1);
        await RemoveAsync();

        Assert.Equal([young, imported], await LeftAsync());
        Assert.False(File.Exists(portal.Directories().Upload(abandoned)));
        Assert.All([young, imported], upload => Assert.True(File.Exists(portal.Directories().Upload(upload))));
        await owner.Api.GetAsync($"/api/v1/uploads/{abandoned}", Cancel).ProblemAsync(HttpStatusCode.NotFound);

        // When its import is over, it is like any other.
        await portal.RecordAsync(record => record.Tasks.Where(row => row.Id == task.Id).ExecuteUpdateAsync(row => row.SetProperty(stored => stored.Key, (string?)null).SetProperty(stored => stored.State, TaskState.Failed), Cancel));
        await RemoveAsync();
        Assert.Equal([young], await LeftAsync());

        Task<int> TouchedAsync(double days)
        {
            var then = TimeProvider.System.GetUtcNow().AddDays(-days);
            return portal.RecordAsync(record => record.Uploads.Where(row => row.Id == abandoned || row.Id == imported)
                .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.TouchedAt, then), Cancel));
        }

        Task<List<Guid>> LeftAsync() => portal.RecordAsync(record => record.Uploads.Where(row => row.OwnerId == owner.Actor.UserId).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(Cancel));

        Task RemoveAsync() => new UploadRemoval(
            portal.Services.GetRequiredService<IDbContextFactory<RecordContext>>(),
            portal.Services.GetRequiredService<IGrainFactory>(),
            portal.Services.GetRequiredService<IOptions<ImportOptions>>(),
            portal.Services.GetRequiredService<IHostApplicationLifetime>(),
            TimeProvider.System,
            NullLogger<UploadRemoval>.Instance).RemoveAsync(Cancel);
    }

    private static async Task<Guid> UploadAsync(TestPerson owner)
    {
        var id = (await owner.Api.PostAsJsonAsync("/api/v1/uploads", new { length = 1000 }, Cancel).JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/uploads/{id}") { Content = new ByteArrayContent("SVN-fs-dump"u8.ToArray()) };
        request.Headers.Add("Upload-Offset", "0");
        using var response = await owner.Api.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return id;
    }
}
