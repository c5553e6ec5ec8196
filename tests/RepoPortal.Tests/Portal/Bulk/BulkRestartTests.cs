using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Bulk;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tasks;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Bulk;

public sealed class BulkRestartTests
{
    private const int Count = 30;

    [Fact]
    public async Task Goes_on_after_a_restart_in_the_middle_and_does_nothing_twice()
    {
        using var data = new ScratchDirectory();
        var repositories = new List<RepositoryView>();
        Guid id;
        await using (var portal = await PortalHost.StartWithNodeAsync(data.Path))
        {
            var administrator = await portal.PersonAsync(administrator: true);
            for (var made = 0; made < Count; made++)
                repositories.Add(await portal.RepositoryAsync(administrator));
            var preview = await administrator.Api.PostAsJsonAsync("/api/v1/admin/bulk", new { action = "archive", filter = new { owner = administrator.Name.Value } }).JsonAsync(HttpStatusCode.Created);
            id = Guid.Parse(preview.Text("id"));
            await administrator.PostAsync($"admin/bulk/{id}/begin").JsonAsync(HttpStatusCode.Accepted);
            await Eventually.TrueAsync(() => portal.RecordAsync(record => record.BulkItems.AnyAsync(item => item.State == BulkState.Done)));
        }

        await using (var portal = await PortalHost.StartWithNodeAsync(data.Path))
        {
            Assert.True(await portal.RecordAsync(record => record.BulkItems.AnyAsync(item => item.State == BulkState.Waiting)), "the server ended too late to tell anything");
            // As if it had ended between the deed and the note about it.
            await portal.RecordAsync(record => record.BulkItems.Where(item => item.State == BulkState.Done).ExecuteUpdateAsync(item => item.SetProperty(row => row.State, BulkState.Begun)));
            await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Tasks.AnyAsync(task => task.Id == id && task.State == TaskState.Done)), TimeSpan.FromMinutes(1));

            Assert.Equal(Count, await portal.RecordAsync(record => record.BulkItems.CountAsync(item => item.State == BulkState.Done && item.Sentence == "becomes read-only")));
            foreach (var repository in repositories)
                Assert.Single(await BulkTests.ArchivedByAsync(portal, repository));
        }
    }
}
