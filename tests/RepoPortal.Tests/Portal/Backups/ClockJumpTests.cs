using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.People;
using RepoPortal.Portal.Promises;
using RepoPortal.Portal.Repositories.Life.Confirmations;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tasks;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Backups;

/// <summary>The clock of the whole portal and its node jumps: nothing is removed, nobody is flooded with mail, nothing waits for years, and no promise is called kept by what is dated later than now.</summary>
public sealed class ClockJumpTests(Portals portals)
{
    private const int Days = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TwoYears = TimeSpan.FromDays(731);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Two_years_ahead_and_back(Database database)
    {
        using var scratch = new ScratchDirectory();
        var clock = new Clock();
        await using var portal = await StartAsync(scratch, database, clock);
        var owner = await portal.PersonAsync();
        var (repository, deleted) = (await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard), await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard));
        await MeasuredAsync(portal, clock, repository, revision: 1);
        await MeasuredAsync(portal, clock, deleted, revision: 1);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.Api.DeleteAsync($"/api/v1/repositories/{deleted.Name}", Cancel)).StatusCode);
        var snapshots = await MakeDaysOfSnapshotsAsync(portal, clock);

        clock.Jump(TwoYears);
        await CommitAsync(portal, repository);
        await MeasuredAsync(portal, clock, repository, revision: 2);
        await RecordBackedUpAsync(portal, clock);
        await RoundsAsync(portal);
        Assert.All(snapshots, snapshot => Assert.True(Directory.Exists(snapshot), snapshot));
        Assert.True(await portal.RecordAsync(record => record.Repositories.AnyAsync(row => row.Id == deleted.Id, Cancel)));
        // The yearly question about the one that is in use, once.
        Assert.Equal(1, await MailsAsync(portal, owner));

        clock.Jump(-TwoYears);
        await CommitAsync(portal, repository);
        await MeasuredAsync(portal, clock, repository, revision: 3);
        await RecordBackedUpAsync(portal, clock);
        await RoundsAsync(portal);
        Assert.Equal(1, await MailsAsync(portal, owner));
        var promise = await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}/promise", Cancel).JsonAsync();
        Assert.Equal(("kept", 0), (promise.Text("state"), promise.GetProperty("rpo").GetProperty("measuredSeconds").GetInt64()));
        // The newest by its name is the newest.
        Assert.All(RecordSnapshot.All(Target(portal)), snapshot => Assert.True(snapshot.At <= clock.GetUtcNow(), snapshot.Path));
        Assert.Equal(HttpStatusCode.OK, (await owner.PostAsync($"repositories/{deleted.Name}/undelete")).StatusCode);
    }

    [Theory, OnEachDatabase]
    public async Task A_day_back(Database database)
    {
        using var scratch = new ScratchDirectory();
        var clock = new Clock();
        await using var portal = await StartAsync(scratch, database, clock);
        var owner = await portal.PersonAsync();
        var repository = await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard);
        await MeasuredAsync(portal, clock, repository, revision: 1);

        clock.Jump(-TimeSpan.FromDays(1));

        // What a server had claimed, or queued, before it died, and what waits for its time.
        var (left, queued) = (TaskKeys.NewTask(TaskKind.VerifyOriginal, repository.Id, Actor.System, clock.GetUtcNow().AddDays(1)), TaskKeys.NewTask(TaskKind.Rehearse, repository.Id, Actor.System, clock.GetUtcNow().AddDays(1)));
        (left.State, left.LeaseUntil) = (TaskState.Running, clock.GetUtcNow().AddDays(1));
        await portal.RecordAsync(async record =>
        {
            await record.Tasks.Where(task => task.RepositoryId == repository.Id).ExecuteUpdateAsync(row => row.SetProperty(task => task.Key, (string?)null), Cancel);
            record.AddRange(left, queued);
            return await record.SaveChangesAsync(Cancel);
        });
        await Eventually.TrueAsync(() => portal.RecordAsync(async record => await record.Tasks.CountAsync(task => (task.Id == left.Id || task.Id == queued.Id) && task.State == TaskState.Done, Cancel) == 2), Patience);
        await CommitAsync(portal, repository);
        await MeasuredAsync(portal, clock, repository, revision: 2);
        await RecordBackedUpAsync(portal, clock);
        Assert.Equal("kept", (await owner.Api.GetAsync($"/api/v1/repositories/{repository.Name}/promise", Cancel).JsonAsync()).Text("state"));
        Assert.Equal(0, await MailsAsync(portal, owner));
    }

    private async Task<PortalHost> StartAsync(ScratchDirectory scratch, Database database, Clock clock) => await PortalHost.StartWithNodeAsync(
        scratch["data"], clock, ("RepoPortal:Database", await portals.ConnectionAsync(database)), ("RepoPortal:Backup:SameFileSystem", "true"), ("RepoPortal:PublicUrl", "http://localhost"));

    /// <summary>Asks for a backup, and returns when everything about the repository was measured at the present time of the clock, whatever it is.</summary>
    private static async Task MeasuredAsync(PortalHost portal, Clock clock, RepositoryView repository, long revision)
    {
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Repositories.AnyAsync(row => row.Id == repository.Id && row.Youngest == revision, Cancel)), Patience);
        await portal.DoAsync<AskForUpkeep, Outcome<UpkeepRequest>>(ask => ask.ExecuteAsync(Upkeep.Backup, repository.Name.Value, Actor.Operator, Cancel));
        await Eventually.TrueAsync(
            () => portal.RecordAsync(async record =>
            {
                var (from, to) = (clock.GetUtcNow() - Patience, clock.GetUtcNow().AddSeconds(1));
                return await record.Protections.AsNoTracking().SingleOrDefaultAsync(row => row.RepositoryId == repository.Id, Cancel) is { } row
                    && row.Revision == revision && row.UnprotectedSince is null
                    && new[] { row.CheckedAt, row.AsOf, row.VerifiedAt, row.OriginalVerifiedAt, row.RehearsedAt }.All(at => at > from && at < to);
            }),
            Patience);
    }

    private static async Task RecordBackedUpAsync(PortalHost portal, Clock clock)
    {
        await Eventually.TrueAsync(
            () => portal.RecordAsync(record =>
            {
                var (from, to) = (clock.GetUtcNow() - Patience, clock.GetUtcNow().AddSeconds(1));
                return record.RecordBackups.AnyAsync(row => row.At > from && row.At < to, Cancel);
            }),
            Patience);
    }

    private static async Task CommitAsync(PortalHost portal, RepositoryView repository) => await Command.RunAsync(
        "svnmucc", "-u", "ada", "-m", "more", "-U", new Uri(portal.Directories().Copy(new RepositoryCopy(repository.Id, 1))).AbsoluteUri, "mkdir", $"trunk/{Guid.NewGuid():n}");

    /// <summary>One of each of the last days, as if the portal had run for so long.</summary>
    private static async Task<List<string>> MakeDaysOfSnapshotsAsync(PortalHost portal, Clock clock)
    {
        await RecordBackedUpAsync(portal, clock);
        var one = RecordSnapshot.All(Target(portal))[0];
        var made = new List<string>();
        for (var day = 1; day <= Days; day++)
        {
            made.Add(Path.Combine(Target(portal).Record, one.At.AddDays(-day).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)));
            await Command.RunAsync("cp", "-a", one.Path, made[^1]);
        }

        return made;
    }

    private static BackupDirectory Target(PortalHost portal) => BackupDirectory.Of(new BackupOptions(), portal.Data);

    private static async Task RoundsAsync(PortalHost portal)
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await Service<PromiseWatch>(portal).RoundAsync(Cancel);
            await Service<ConfirmationWatch>(portal).RoundAsync(Cancel);
            await Service<RepoPortal.Portal.Repositories.Life.TrashRemoval>(portal).RemoveAsync(Cancel);
            await Service<RepoPortal.Portal.Backups.Removal.BackupRemoval>(portal).RoundAsync(Cancel);
        }
    }

    private static T Service<T>(PortalHost portal) => portal.Services.GetServices<IHostedService>().OfType<T>().Single();

    private static Task<int> MailsAsync(PortalHost portal, TestPerson person) => portal.RecordAsync(record => record.Outbox.CountAsync(mail => mail.Recipient == person.Email, Cancel));

    private sealed class Clock : TimeProvider
    {
        private TimeSpan _ahead;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

        public void Jump(TimeSpan by) => _ahead += by;
    }
}
