using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tiers.Quotas;
using RepoPortal.StorageNode;
using RepoPortal.StorageNode.Quotas;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Tiers;

public sealed class QuotaTests(Portals portals) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    [Theory, OnEachDatabase]
    public async Task Owners_are_warned_once_at_each_step_and_again_after_it_fell_below(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner);

        var mails = new List<int>();
        foreach (var gibibytes in new[] { 79, 80, 85, 96, 100, 81, 97, 10, 82 })
        {
            await portal.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row.SetProperty(sized => sized.SizeBytes, (long)gibibytes << 30)));
            await Warnings(portal).WarnAsync(default);
            await Warnings(portal).WarnAsync(default);
            mails.Add(await portal.RecordAsync(record => record.Outbox.CountAsync(mail => mail.Recipient == owner.Email)));
        }

        Assert.Equal([0, 1, 1, 2, 2, 2, 3, 3, 4], mails);
        Assert.Equal(80, await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).Select(row => row.QuotaWarned).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task An_administrator_gives_a_repository_a_quota_of_its_own_and_takes_it_away(Database database)
    {
        await using var portal = await portals.StartAsync(database);
        var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        var (mine, theirs) = ($"/api/v1/repositories/{repository.Name}/quota", $"/api/v1/admin/repositories/{repository.Name}/quota");

        Assert.Equal((100L << 30, false), Read(await owner.Api.GetAsync(mine).JsonAsync()));
        await owner.Api.PutAsJsonAsync(theirs, new { quotaBytes = 1L << 40 }).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal((1L << 40, true), Read(await administrator.Api.PutAsJsonAsync(theirs, new { quotaBytes = 1L << 40 }).JsonAsync()));
        Assert.Contains("between 1 MiB and 1 PiB", await administrator.Api.PutAsJsonAsync(theirs, new { quotaBytes = 5 }).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal((null, true), Read(await administrator.Api.PutAsJsonAsync(theirs, new { quotaBytes = (long?)null }).JsonAsync()));
        Assert.Equal((100L << 30, false), Read(await administrator.Api.DeleteAsync(theirs).JsonAsync()));

        await portal.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row.SetProperty(sized => sized.SizeBytes, 9L << 20)));
        await administrator.Api.PutAsJsonAsync(theirs, new { quotaBytes = 10L << 20 }).JsonAsync();
        await Warnings(portal).WarnAsync(default);
        Assert.Equal(1, await portal.RecordAsync(record => record.Outbox.CountAsync(mail => mail.Recipient == owner.Email)));
        Assert.Equal(4, await portal.RecordAsync(record => record.Audit.CountAsync(entry => entry.Action == AuditAction.RepositoryQuotaSet)));
        var last = await portal.RecordAsync(record => record.Audit.OrderByDescending(entry => entry.Id).FirstAsync(entry => entry.Action == AuditAction.RepositoryQuotaSet));
        Assert.Equal(["quota: 100 GiB → 10 MiB", "of: its tier → its own"], AuditWords.Particulars(last));
    }

    [Theory, OnEachDatabase]
    public async Task The_node_holds_a_repository_to_its_quota_from_the_answer_on(Database database)
    {
        var setting = await portals.ConnectionAsync(database);
        RepositoryView repository;
        await using (var portal = await PortalHost.StartWithNodeAsync(_scratch.Path, ("RepoPortal:Database", setting)))
        {
            var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
            repository = await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard);
            var copy = portal.Services.GetRequiredService<NodeDirectories>().Copy(new RepositoryCopy(repository.Id, 1));
            Assert.Equal(new CopyQuota(1, 100L << 30), QuotaFile.Read(copy));
            Assert.False(await PendingAsync(portal));

            var set = await administrator.Api.PutAsJsonAsync($"/api/v1/admin/repositories/{repository.Name}/quota", new { quotaBytes = 1L << 20 }).JsonAsync();
            Assert.False(set.GetProperty("pending").GetBoolean());
            Assert.Equal(new CopyQuota(2, 1L << 20), QuotaFile.Read(copy));
            await File.WriteAllBytesAsync(_scratch["large"], System.Security.Cryptography.RandomNumberGenerator.GetBytes(2 << 20));
            var refused = await Command.TryAsync("svn", "import", "-q", "-m", "Large", _scratch["large"], new Uri(copy).AbsoluteUri + "/trunk/large");
            Assert.False(refused.IsSuccess);
            Assert.Contains("quota of 1 MiB", refused.StandardError, StringComparison.Ordinal);

            var asked = await owner.Api.PostAsJsonAsync($"/api/v1/repositories/{repository.Name}/tier-requests", new { tier = "critical" }).JsonAsync(HttpStatusCode.Created);
            Assert.Equal("effective", asked.Text("state"));
        }

        // As if the process had ended between the change and the node.
        await using (var alone = await PortalHost.StartInAsync(_scratch.Path, ("RepoPortal:Database", setting)))
        {
            await alone.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row
                .SetProperty(held => held.HasOwnQuota, false).SetProperty(held => held.QuotaPending, true).SetProperty(held => held.QuotaVersion, held => held.QuotaVersion + 1)));
        }

        await using var next = await PortalHost.StartWithNodeAsync(_scratch.Path, ("RepoPortal:Database", setting));
        await Eventually.TrueAsync(async () => !await PendingAsync(next), TimeSpan.FromSeconds(40));
        Assert.Null(QuotaFile.Read(next.Services.GetRequiredService<NodeDirectories>().Copy(new RepositoryCopy(repository.Id, 1)))!.Bytes);
    }

    [Fact]
    public async Task The_settings_page_shows_how_much_is_used_and_lets_administrators_set_it()
    {
        await using var portal = await portals.StartAsync(Database.Sqlite);
        var (administrator, owner) = (await portal.PersonAsync(administrator: true), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        await portal.RecordAsync(record => record.Repositories.ExecuteUpdateAsync(row => row.SetProperty(sized => sized.SizeBytes, 96L << 30)));
        using FormBrowser browser = new(portal), theirs = new(portal);
        await browser.SignInAsync(owner.Name);
        await theirs.SignInAsync(administrator.Name);
        var page = $"/r/{repository.Name}/settings";

        var text = (await browser.ReadAsync(page)).Text;
        Assert.Contains("96 GiB of 100 GiB in use", text, StringComparison.Ordinal);
        Assert.Contains("nearly used up", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Set the quota", text, StringComparison.Ordinal);
        Assert.Null(await theirs.SubmitAsync(page, "quota", ("quotaKind", "own"), ("quotaBytes", "lots")));
        Assert.Equal(page, await theirs.SubmitAsync(page, "quota", ("quotaKind", "own"), ("quotaBytes", "200 GiB")));
        Assert.Contains("96 GiB of 200 GiB in use", (await browser.ReadAsync(page)).Text, StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private static QuotaWarnings Warnings(PortalHost portal) => portal.Services.GetServices<IHostedService>().OfType<QuotaWarnings>().Single();

    private static Task<bool> PendingAsync(PortalHost portal) => portal.RecordAsync(record => record.Repositories.Select(row => row.QuotaPending).SingleAsync());

    private static (long? Bytes, bool Own) Read(System.Text.Json.JsonElement quota) =>
        (quota.GetProperty("quotaBytes").ValueKind == System.Text.Json.JsonValueKind.Null ? null : quota.GetProperty("quotaBytes").GetInt64(), quota.GetProperty("own").GetBoolean());
}
