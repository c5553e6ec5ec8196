using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Portal.Tasks;
using RepoPortal.StorageNode.Backups;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Backups;

public sealed class StructureCheckTests(Portals portals)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Structures_are_looked_at_between_verifications_once_and_what_is_found_has_the_same_consequences(Database database)
    {
        using var scratch = new ScratchDirectory();
        await using var portal = await PortalHost.StartWithNodeAsync(
            scratch["data"], ("RepoPortal:Database", await portals.ConnectionAsync(database)), ("RepoPortal:Backup:SameFileSystem", "true"));
        var repository = await portal.RepositoryAsync(await portal.PersonAsync(), layout: RepositoryLayout.Standard);
        await Eventually.TrueAsync(() => portal.RecordAsync(record => record.Protections.AnyAsync(
            row => row.RepositoryId == repository.Id && row.Revision == 1 && row.VerifiedAt != null && row.OriginalVerifiedAt != null && row.RehearsedAt != null, Cancel)), Patience);

        // Read in full just now, and then not for a fifth and for nearly a third of the interval.
        await RoundAsync(portal);
        Assert.Equal(0, await CountAsync());
        await ReadLongAgoAsync(portal, repository, part: 0.2);
        await RoundAsync(portal);
        Assert.Equal(0, await CountAsync());
        await ReadLongAgoAsync(portal, repository, part: 0.3);
        await RoundAsync(portal);
        await Eventually.TrueAsync(async () => await CountAsync(TaskState.Done) == 2, Patience);
        await RoundAsync(portal);
        Assert.Equal(2, await CountAsync());
        Assert.Equal(
            ["Structure and indexes up to r1 are whole."],
            await portal.RecordAsync(record => record.Tasks.Where(task => task.Kind == TaskKind.CheckBackup || task.Kind == TaskKind.CheckOriginal).Select(task => task.Sentence!).Distinct().ToListAsync(Cancel)));

        // An end that is missing is seen without reading contents.
        var backup = portal.Services.GetRequiredService<BackupTarget>().PathOf(new RepositoryCopy(repository.Id, 1));
        var file = Path.Combine(backup, "db", "revs", "0", "1");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using (var stream = File.OpenWrite(file))
            stream.SetLength(stream.Length - 10);
        await portal.RecordAsync(record => record.Tasks.Where(task => task.Kind == TaskKind.CheckBackup).ExecuteDeleteAsync(Cancel));
        await RoundAsync(portal);
        await Eventually.TrueAsync(() => Task.FromResult(Directory.GetDirectories(Path.GetDirectoryName(backup)!, "1.damaged-*").Length == 1), Patience);
        await Eventually.TrueAsync(
            () => portal.RecordAsync(record => record.Tasks.AnyAsync(task => task.Kind == TaskKind.CheckBackup && task.State == TaskState.Failed && task.Sentence!.StartsWith("Damaged: "), Cancel)), Patience);
        await Eventually.TrueAsync(() => Task.FromResult(BackupNote.Read(backup) is { Revision: 1 }), Patience);

        Task<int> CountAsync(TaskState? state = null) => portal.RecordAsync(record => record.Tasks.CountAsync(
            task => (task.Kind == TaskKind.CheckBackup || task.Kind == TaskKind.CheckOriginal) && (state == null || task.State == state), Cancel));
    }

    // The clock of the server looks once a minute, this one at once.
    private static Task RoundAsync(PortalHost portal) => ActivatorUtilities.CreateInstance<BackupClock>(portal.Services).RoundAsync(Cancel);

    private static async Task ReadLongAgoAsync(PortalHost portal, RepositoryView repository, double part)
    {
        var interval = await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id).Select(row => row.Tier.VerificationIntervalSeconds).SingleAsync(Cancel));
        var at = TimeProvider.System.GetUtcNow().AddSeconds(-interval * part);
        await portal.RecordAsync(record => record.Protections.Where(row => row.RepositoryId == repository.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.VerifiedAt, at).SetProperty(stored => stored.OriginalVerifiedAt, at), Cancel));
    }
}
