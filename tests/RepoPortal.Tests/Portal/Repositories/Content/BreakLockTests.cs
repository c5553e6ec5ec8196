using Microsoft.EntityFrameworkCore;
using RepoPortal.Contracts.Access;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Repositories.Content.Locks;
using RepoPortal.Portal.Repositories.View;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Repositories.Content;

[Collection(nameof(PortalsWithNode))]
public sealed class BreakLockTests(PortalsWithNode portals)
{
    private const string FilePath = "/place/a b#%?.dat";

    [Theory, OnEachDatabase]
    public async Task Its_owner_and_owners_of_the_repository_break_a_lock_that_is_still_the_one_they_saw(Database database)
    {
        var portal = await portals.OnAsync(database);
        var (owner, writer, other) = (await portal.PersonAsync(), await portal.PersonAsync(), await portal.PersonAsync());
        var repository = await portal.RepositoryAsync(owner);
        foreach (var person in new[] { writer, other })
            await portal.GiveAsync(repository, person, AccessLevel.Write, owner);
        var disk = Path.Combine(portal.Directories().Store, repository.Id.ToString(), "1");
        await Command.RunAsync("svnmucc", "-m", "A file", "-U", new Uri(disk).AbsoluteUri, "mkdir", "place", "put", "/dev/null", FilePath[1..]);
        await LockAsync(disk, writer);

        using var browser = new FormBrowser(portal);
        await browser.SignInAsync(owner.Name);
        var page = $"/r/{repository.Name}/unlock/place/a%20b%23%25%3F.dat";
        Assert.Contains($"/r/{repository.Name}/unlock/place/a%20b%23%25%3F.dat", (await browser.ReadAsync($"/r/{repository.Name}/tree/place")).Text, StringComparison.Ordinal);
        Assert.Contains($"Break the lock of {writer.Name}?", (await browser.ReadAsync(page)).Text, StringComparison.Ordinal);
        foreach (var list in (string[])["", "/locks"])
            Assert.Contains(page, (await browser.ReadAsync($"/r/{repository.Name}{list}")).Text, StringComparison.Ordinal);
        using (var reading = new FormBrowser(portal))
        {
            await reading.SignInAsync(other.Name);
            var theirs = (await reading.ReadAsync($"/r/{repository.Name}/locks")).Text;
            Assert.Contains($"<strong>{writer.Name}</strong>", theirs, StringComparison.Ordinal);
            Assert.DoesNotContain(page, theirs, StringComparison.Ordinal);
        }

        var seen = (await ViewAsync(owner)).Held!.Mark;
        Assert.Contains("owners of the repository", (await BreakAsync(other, seen)).Refusal!.Sentence, StringComparison.Ordinal);

        await Command.RunAsync("svnadmin", "rmlocks", disk, FilePath);
        await LockAsync(disk, other);
        Assert.Equal($"The lock that you saw is gone; {other.Name} holds another one on this file now.", (await BreakAsync(owner, seen)).Refusal!.Sentence);
        Assert.Contains(other.Name.Value, await Command.RunAsync("svnadmin", "lslocks", disk), StringComparison.Ordinal);

        Assert.NotNull(await browser.SubmitAsync(page, "unlock", ("mark", (await ViewAsync(owner)).Held!.Mark)));
        Assert.Equal("", await Command.RunAsync("svnadmin", "lslocks", disk));
        Assert.Equal("Nobody holds a lock on this file any more.", (await BreakAsync(owner, seen)).Refusal!.Sentence);
        Assert.Contains("Nobody holds a lock", (await browser.ReadAsync(page)).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing is locked", (await browser.ReadAsync($"/r/{repository.Name}/locks")).Text, StringComparison.Ordinal);

        await LockAsync(disk, writer);
        Assert.Null((await BreakAsync(writer, (await ViewAsync(writer)).Held!.Mark)).Refusal);
        Assert.Equal(
            [owner.Name.Value, writer.Name.Value],
            await portal.RecordAsync(record => record.Audit.Where(row => row.RepositoryId == repository.Id && row.Action == "lock.broken").OrderBy(row => row.Id).Select(row => row.ActorName).ToListAsync()));

        await LockAsync(disk, writer);
        await owner.PostAsync($"repositories/{repository.Name}/archive").JsonAsync();
        Assert.Contains("is archived", (await BreakAsync(owner, (await ViewAsync(owner)).Held!.Mark)).Refusal?.Sentence ?? "", StringComparison.Ordinal);

        async Task<LockedFile> ViewAsync(TestPerson person) =>
            (await portal.DoAsync<BreakLock, Outcome<LockedFile>>(locks => locks.ViewAsync(repository.Name.Value, FilePath, person.Actor, default))).Value;
        Task<Outcome<Done>> BreakAsync(TestPerson person, string mark) =>
            portal.DoAsync<BreakLock, Outcome<Done>>(locks => locks.ExecuteAsync(repository.Name.Value, FilePath, mark, person.Actor, default));
    }

    private static Task<string> LockAsync(string disk, TestPerson person) => Command.RunAsync("svnadmin", "lock", disk, FilePath, person.Name.Value, "/dev/null");
}
