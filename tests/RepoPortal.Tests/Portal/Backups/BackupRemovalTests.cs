using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Audit;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Backups.Removal;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Repositories;
using RepoPortal.Portal.Repositories.Driver;
using RepoPortal.Portal.Repositories.Life;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Restores;
using RepoPortal.StorageNode.Backups;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;
using RepoPortal.Tests.StorageNode.Backups;

namespace RepoPortal.Tests.Portal.Backups;

public sealed class BackupRemovalTests(Portals portals)
{
    private const string Node = "node-1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task The_last_backup_of_what_was_removed_for_good_is_kept_for_the_tiers_retention(Database database)
    {
        using var scratch = new ScratchDirectory();
        await using var portal = await StartAsync(scratch, database);
        var owner = await portal.PersonAsync();
        var (purged, alive) = (await BackedUpAsync(portal, owner), await BackedUpAsync(portal, owner));
        await PurgeAsync(portal, owner, purged, days: 91);
        var backups = portal.Services.GetRequiredService<BackupTarget>();
        // Of a record that this one knows nothing about, somebody else's, and without a note.
        var lost = Directory.CreateDirectory(Path.Combine(backups.DirectoryOf(RepositoryId.New(TimeProvider.System)), "1"));
        await Command.RunAsync("cp", "-a", $"{backups.PathOf(CopyOf(purged))}/.", lost.FullName);
        var foreign = Directory.CreateDirectory(Path.Combine(backups.Root, "thesis"));
        var unnoted = Directory.CreateDirectory(Path.Combine(backups.DirectoryOf(purged.Id), "7"));

        await LaterAsync(portal, days: 91 + 89);
        Assert.True(Directory.Exists(backups.PathOf(CopyOf(purged))));
        Assert.Empty(await RemovedAsync(portal, purged.Id));
        Assert.Equal((BackedUpState.InUse, alive.Id), (await ListAsync(portal, alive)).Value.Select(row => (row.State, row.Id)).Single());
        var listed = (await ListAsync(portal, purged)).Value.Single();
        Assert.Equal((BackedUpState.Removed, purged.Id), (listed.State, listed.Id));
        Assert.True(listed is { Revision: not null, At: not null, SizeBytes: > 0, KeptUntil: not null });
        foreach (var _ in Enumerable.Range(0, 2))
            await LaterAsync(portal, days: 91 + 91);
        Assert.Equal(RefusalKind.NotFound, (await ListAsync(portal, purged)).Refusal?.Kind);

        Assert.False(Directory.Exists(backups.PathOf(CopyOf(purged))));
        var entry = Assert.Single(await RemovedAsync(portal, purged.Id));
        Assert.Equal(("repository.backup-removed", purged.Name.Value, "1"), (entry.Action, entry.Subject, JsonElement.Parse(entry.Detail).Text("directory")));
        Assert.All([lost, foreign, unnoted], directory => Assert.True(Directory.Exists(directory.FullName)));
        Assert.NotNull(BackupNote.Read(lost.FullName));
        Assert.NotNull(BackupNote.Read(backups.PathOf(CopyOf(alive))));
    }

    [Theory, OnEachDatabase]
    public async Task A_removal_that_was_cut_short_is_gone_on_with_and_told_once(Database database)
    {
        using var scratch = new ScratchDirectory();
        await using var portal = await StartAsync(scratch, database);
        var owner = await portal.PersonAsync();
        var repository = await BackedUpAsync(portal, owner);
        var backup = portal.Services.GetRequiredService<BackupTarget>().PathOf(CopyOf(repository));
        await PurgeAsync(portal, owner, repository, days: 91);
        // The disk refuses in the middle.
        File.SetUnixFileMode(Path.Combine(backup, "db"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await LaterAsync(portal, days: 200);
        Assert.True(Directory.Exists(backup));
        Assert.Null(BackupNote.Read(backup));

        File.SetUnixFileMode(Path.Combine(backup, "db"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await LaterAsync(portal, days: 200);

        Assert.False(Directory.Exists(Path.GetDirectoryName(backup)));
        Assert.Single(await RemovedAsync(portal, repository.Id));
    }

    [Theory, OnEachDatabase]
    public async Task What_a_restore_in_place_has_replaced_goes_when_its_time_is_over_and_the_present_backup_is_verified(Database database)
    {
        using var scratch = new ScratchDirectory();
        await using var portal = await StartAsync(scratch, database);
        var administrator = await portal.PersonAsync(administrator: true);
        var repository = await BackedUpAsync(portal, administrator);
        await portal.DoAsync<RestoreInPlace, Outcome<Guid>>(restore => restore.ExecuteAsync(
            repository.Name.Value, new RestorePoint(Revision: null, At: null), giveUpLater: false, administrator.Actor, Cancel));
        await VerifiedAsync(portal, repository, generation: 2);
        var backups = portal.Services.GetRequiredService<BackupTarget>();
        var (before, now) = (CopyOf(repository), new RepositoryCopy(repository.Id, 2));

        await LaterAsync(portal, days: 89);
        Assert.Equal((true, true, 2), await StateAsync());
        await WithoutVerificationAsync(portal, repository, () => LaterAsync(portal, days: 91));
        Assert.Equal((true, true, 2), await StateAsync());

        await LaterAsync(portal, days: 91);

        Assert.Equal((false, false, 1), await StateAsync());
        Assert.True(Directory.Exists(portal.Directories().Copy(now)));
        Assert.NotNull(BackupNote.Read(backups.PathOf(now)));
        Assert.EndsWith($"{repository.Id}/2", portal.LinkOf(repository.Name.Value), StringComparison.Ordinal);
        Assert.Contains(Directory.GetDirectories(portal.Directories().Trash), path => Path.GetFileName(path).StartsWith($"{repository.Id}-1-", StringComparison.Ordinal));
        Assert.Equal("repository.generation-removed", Assert.Single(await RemovedAsync(portal, repository.Id)).Action);

        async Task<(bool Stored, bool BackedUp, int Rows)> StateAsync() => (
            Directory.Exists(portal.Directories().Copy(before)),
            Directory.Exists(backups.PathOf(before)),
            await portal.RecordAsync(record => record.Copies.CountAsync(copy => copy.RepositoryId == repository.Id, Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task A_damaged_backup_is_kept_for_a_month_and_until_the_one_in_its_place_is_verified(Database database)
    {
        using var scratch = new ScratchDirectory();
        await using var portal = await StartAsync(scratch, database);
        var owner = await portal.PersonAsync();
        var repository = await BackedUpAsync(portal, owner);
        await VerifiedAsync(portal, repository, generation: 1);
        var backup = portal.Services.GetRequiredService<BackupTarget>().PathOf(CopyOf(repository));
        BackedUpNode.FlipBit(backup, 1, silently: true);
        await portal.DoAsync<AskForUpkeep, Outcome<UpkeepRequest>>(ask => ask.ExecuteAsync(Upkeep.Verification, repository.Name.Value, owner.Actor, Cancel));
        await Eventually.TrueAsync(() => Task.FromResult(Aside().Length == 1), Patience);
        // The name of one set aside has whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        await VerifiedAsync(portal, repository, generation: 1);

        await LaterAsync(portal, days: 29);
        Assert.Single(Aside());
        await WithoutVerificationAsync(portal, repository, () => LaterAsync(portal, days: 31));
        Assert.Single(Aside());

        await LaterAsync(portal, days: 31);

        Assert.Empty(Aside());
        Assert.NotNull(BackupNote.Read(backup));
        var entry = Assert.Single(await RemovedAsync(portal, repository.Id));
        Assert.Equal("it was damaged, and the one in its place was verified", JsonElement.Parse(entry.Detail).Text("reason"));

        string[] Aside() => Directory.GetDirectories(Path.GetDirectoryName(backup)!, "1.damaged-*");
    }

    [Theory, OnEachDatabase]
    public async Task A_round_is_one_a_day_and_none_on_the_first_day_after_a_pause(Database database)
    {
        using var scratch = new ScratchDirectory();
        await using var portal = await StartAsync(scratch, database);
        var owner = await portal.PersonAsync();
        var repository = await BackedUpAsync(portal, owner);
        var aside = Directory.CreateDirectory($"{portal.Services.GetRequiredService<BackupTarget>().PathOf(CopyOf(repository))}{BackupName.AsideSuffix(TimeProvider.System.GetUtcNow().AddDays(-40))}");
        await VerifiedAsync(portal, repository, generation: 1);
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Rounds.AnyAsync(round => round.Name == BackupRemoval.Name, Cancel)), Patience);

        foreach (var (days, isThere) in new[] { (0.9, true), (50.0, true), (50.9, true), (51.1, false) })
        {
            await RoundAsync(portal, days);
            Assert.Equal((days, isThere), (days, Directory.Exists(aside.FullName)));
        }
    }

    private static Task<Outcome<IReadOnlyList<ListedBackup>>> ListAsync(PortalHost portal, RepositoryView repository) =>
        portal.DoAsync<ListBackups, Outcome<IReadOnlyList<ListedBackup>>>(list => list.ExecuteAsync(repository.Name.Value, RepoPortal.Portal.People.Actor.Operator, Cancel));

    private async Task<PortalHost> StartAsync(ScratchDirectory scratch, Database database) => await PortalHost.StartWithNodeAsync(
        scratch["data"], ("RepoPortal:Database", await portals.ConnectionAsync(database)), ("RepoPortal:Backup:SameFileSystem", "true"));

    private static RepositoryCopy CopyOf(RepositoryView repository) => new(repository.Id, 1);

    private static async Task<RepositoryView> BackedUpAsync(PortalHost portal, TestPerson owner)
    {
        var repository = await portal.RepositoryAsync(owner, layout: RepositoryLayout.Standard);
        await Eventually.TrueAsync(
            () => portal.RecordAsync(record => record.Protections.AnyAsync(row => row.RepositoryId == repository.Id && row.Revision == 1 && row.UnprotectedSince == null, Cancel)), Patience);
        return repository;
    }

    private static Task VerifiedAsync(PortalHost portal, RepositoryView repository, int generation) => Eventually.TrueAsync(
        () => portal.RecordAsync(record => record.Protections.AnyAsync(
            row => row.RepositoryId == repository.Id && row.Generation == generation && row.Revision != null && row.VerifiedAt != null && row.OriginalVerifiedAt != null, Cancel)),
        Patience);

    /// <summary>Does something while nobody knows whether the present backup is whole.</summary>
    private static async Task WithoutVerificationAsync(PortalHost portal, RepositoryView repository, Func<Task> work)
    {
        var verifiedAt = await portal.RecordAsync(record => record.Protections.Where(row => row.RepositoryId == repository.Id).Select(row => row.VerifiedAt).SingleAsync(Cancel));
        await SetAsync(null);
        await work();
        await SetAsync(verifiedAt);

        Task<int> SetAsync(DateTimeOffset? at) => portal.RecordAsync(record => record.Protections.Where(row => row.RepositoryId == repository.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.VerifiedAt, at), Cancel));
    }

    private static Task<List<AuditEntry>> RemovedAsync(PortalHost portal, RepositoryId repository) => portal.RecordAsync(record => record.Audit.AsNoTracking()
        .Where(entry => entry.RepositoryId == repository && (entry.Action == AuditAction.BackupRemoved || entry.Action == AuditAction.GenerationRemoved)).ToListAsync(Cancel));

    /// <summary>Deletes a repository, and does with it what is done when its time in the trash is over.</summary>
    private static async Task PurgeAsync(PortalHost portal, TestPerson owner, RepositoryView repository, double days)
    {
        await owner.Api.DeleteAsync($"/api/v1/repositories/{repository.Name}", Cancel);
        var now = TimeProvider.System.GetUtcNow();
        await portal.RecordAsync(record => record.Protections.Where(row => row.RepositoryId == repository.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.BackupDueAt, now), Cancel));
        await portal.LetPassAsync(days);
        var removal = new TrashRemoval(
            Contexts(portal),
            portal.Services.GetRequiredService<ILastBackup>(),
            portal.Services.GetRequiredService<Drivers>(),
            portal.Services.GetRequiredService<IHostApplicationLifetime>(),
            new Later(TimeSpan.FromDays(days)),
            NullLogger<TrashRemoval>.Instance);
        await Eventually.TrueAsync(
            async () =>
            {
                await removal.RemoveAsync(Cancel);
                return !await portal.RecordAsync(record => record.Repositories.AnyAsync(row => row.Id == repository.Id, Cancel));
            },
            Patience);
    }

    /// <summary>What a round removes in some days.</summary>
    private static async Task LaterAsync(PortalHost portal, double days)
    {
        await Replaced(portal, days).ExecuteAsync(Node, Cancel);
        await Spare(portal, days).ExecuteAsync(Node, Cancel);
    }

    private static Task RoundAsync(PortalHost portal, double days) => new BackupRemoval(
        Contexts(portal),
        Replaced(portal, days),
        Spare(portal, days),
        portal.Services.GetRequiredService<IOptions<BackupOptions>>(),
        portal.Services.GetRequiredService<IHostApplicationLifetime>(),
        new Later(TimeSpan.FromDays(days)),
        NullLogger<BackupRemoval>.Instance).RoundAsync(Cancel);

    private static RemoveReplaced Replaced(PortalHost portal, double days) => new(
        Contexts(portal),
        portal.Services.GetRequiredService<IGrainFactory>(),
        portal.Services.GetRequiredService<NodeBackups>(),
        new Later(TimeSpan.FromDays(days)),
        portal.Services.GetRequiredService<ILogger<RemoveReplaced>>());

    private static RemoveSpare Spare(PortalHost portal, double days) => new(
        Contexts(portal), portal.Services.GetRequiredService<NodeBackups>(), new Later(TimeSpan.FromDays(days)), portal.Services.GetRequiredService<ILogger<RemoveSpare>>());

    private static IDbContextFactory<RecordContext> Contexts(PortalHost portal) => portal.Services.GetRequiredService<IDbContextFactory<RecordContext>>();

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
