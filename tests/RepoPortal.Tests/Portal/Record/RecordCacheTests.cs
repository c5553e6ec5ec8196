using Microsoft.EntityFrameworkCore;
using RepoPortal.Portal.Record;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;

namespace RepoPortal.Tests.Portal.Record;

/// <summary>What is kept in memory of the record, on records that nobody else writes to.</summary>
public sealed class RecordCacheTests(Portals portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task The_version_is_the_same_until_something_is_committed(Database database)
    {
        using var scratch = new ScratchDirectory();
        using var own = new OwnRecord(scratch.Path, await portals.ConnectionAsync(database));
        await own.MigrateAsync();
        var first = "";
        // Other databases of the same PostgreSQL change it, too.
        await Eventually.TrueAsync(async () => (first = await own.Version.ReadAsync(Cancel)) == await own.Version.ReadAsync(Cancel));

        await own.RenameTierAsync("Other");
        var second = await own.Version.ReadAsync(Cancel);
        Assert.NotEqual(first, second);

        // What is not committed yet is not there yet.
        await using (var writer = await own.Contexts.CreateDbContextAsync(Cancel))
        await using (var transaction = await writer.Database.BeginTransactionAsync(Cancel))
        {
            await writer.Tiers.Where(tier => tier.Id == "standard").ExecuteUpdateAsync(tier => tier.SetProperty(row => row.Name, "Third"), Cancel);
            var during = await own.Version.ReadAsync(Cancel);
            await transaction.CommitAsync(Cancel);
            Assert.NotEqual(during, await own.Version.ReadAsync(Cancel));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Reads_once_for_as_long_as_nothing_changes_and_never_gives_what_is_old(Database database)
    {
        using var scratch = new ScratchDirectory();
        using var own = new OwnRecord(scratch.Path, await portals.ConnectionAsync(database));
        await own.MigrateAsync();
        using var cache = new RecordCache(own.Version);
        var reads = 0;

        await Eventually.TrueAsync(async () =>
        {
            reads = 0;
            Assert.Equal(["Standard", "Standard"], [await NameAsync(), await NameAsync()]);
            return reads <= 1;
        });
        for (var round = 0; round < 20; round++)
        {
            await own.RenameTierAsync($"Name {round}");
            Assert.Equal($"Name {round}", await NameAsync());
        }

        // Committed while it is read: what was read may be older, and is not given to whoever asks afterwards.
        var value = await cache.GetAsync("while it is read", async () =>
        {
            var old = await own.TierAsync();
            await own.RenameTierAsync("Committed meanwhile");
            return old;
        }, Cancel);
        Assert.Equal("Name 19", value);
        Assert.Equal("Committed meanwhile", await cache.GetAsync("while it is read", own.TierAsync, Cancel));

        Task<string> NameAsync() => cache.GetAsync("tier", () =>
        {
            reads++;
            return own.TierAsync();
        }, Cancel);
    }

    [Theory, OnEachDatabase]
    public async Task Keeps_nothing_of_what_could_not_be_read(Database database)
    {
        using var scratch = new ScratchDirectory();
        using var own = new OwnRecord(scratch.Path, await portals.ConnectionAsync(database));
        await own.MigrateAsync();
        using var cache = new RecordCache(own.Version);

        await Assert.ThrowsAsync<TimeoutException>(() => cache.GetAsync<string>("tier", () => throw new TimeoutException("the database is away"), Cancel));
        Assert.Equal("Standard", await cache.GetAsync("tier", own.TierAsync, Cancel));
    }
}
