using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans;
using RepoPortal.Contracts;
using RepoPortal.Contracts.Backups;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Portal.Backups;
using RepoPortal.Portal.Outcomes;
using RepoPortal.Portal.Record;
using RepoPortal.Portal.Repositories.Copies;
using RepoPortal.Portal.Repositories.Search;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.Portal.Fixtures;
using RepoPortal.Tests.Portal.Repositories.Life;

namespace RepoPortal.Tests.Portal.Repositories.Search;

[Collection(nameof(PortalsWithNode))]
public sealed class SearchTests(PortalsWithNode portals, Portals records)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Follows_what_is_added_changed_copied_moved_replaced_and_deleted(Database database)
    {
        using var repository = await SearchedRepository.MakeAsync(await portals.OnAsync(database));
        await repository.CommitAsync(
            "Begin", "mkdir", "trunk/src", "put", repository.File("int svn_fs_open2(void);\nfloat drift;\n"), "trunk/src/fs.c", "put", repository.File("sea ice\ndrift"), "trunk/notes");
        Assert.Equal(["/trunk/notes", "/trunk/src/fs.c"], await repository.FindFilesAsync("drift"));
        Assert.Equal(["/trunk/src/fs.c"], await repository.FindFilesAsync("svn_fs_open"));
        Assert.Equal(["/trunk/src/fs.c"], await repository.FindFilesAsync("OPEN2"));
        Assert.Equal(["/trunk/src/fs.c"], await repository.FindFilesAsync("src drift"));
        Assert.Equal(["/trunk/notes"], await repository.FindFilesAsync("\"sea ice\""));
        Assert.Empty(await repository.FindFilesAsync("\"ice sea\""));
        Assert.Empty(await repository.FindFilesAsync("sea open2"));

        await repository.CommitAsync("Copy a directory, change a file", "cp", "HEAD", "trunk/src", "trunk/lib", "put", repository.File("a floe"), "trunk/notes");
        Assert.Equal(["/trunk/lib/fs.c", "/trunk/src/fs.c"], await repository.FindFilesAsync("open2"));
        Assert.Equal(["/trunk/notes"], await repository.FindFilesAsync("floe"));
        Assert.Empty(await repository.FindFilesAsync("\"sea ice\""));

        await repository.CommitAsync("A file where a directory was, and the other way round", "rm", "trunk/lib", "put", repository.File("now a file"), "trunk/lib",
            "rm", "trunk/notes", "mkdir", "trunk/notes", "put", repository.File("deep floe"), "trunk/notes/deep");
        Assert.Equal(["/trunk/src/fs.c"], await repository.FindFilesAsync("open2"));
        Assert.Equal(["/trunk/notes/deep"], await repository.FindFilesAsync("floe"));
        Assert.Equal(["/trunk/lib"], await repository.FindFilesAsync("\"now a file\""));

        await repository.CommitAsync("Move a directory", "mv", "trunk/src", "trunk/source");
        Assert.Equal(["/trunk/source/fs.c"], await repository.FindFilesAsync("open2"));

        await repository.CommitAsync("Put an old trunk in place of the present one", "rm", "trunk", "cp", "2", "trunk", "trunk");
        Assert.Equal(["/trunk/src/fs.c"], await repository.FindFilesAsync("open2"));
        Assert.Equal(["/trunk/notes"], await repository.FindFilesAsync("\"sea ice\""));
        Assert.Empty(await repository.FindFilesAsync("floe"));

        await repository.CommitAsync("Without a trunk", "mv", "trunk", "branches/old");
        Assert.Equal(["/branches/old/src/fs.c"], await repository.FindFilesAsync("open2"));

        await repository.CommitAsync("With one again", "cp", "HEAD", "branches/old", "trunk");
        Assert.Equal(["/trunk/src/fs.c"], await repository.FindFilesAsync("open2"));
    }

    [Theory, OnEachDatabase]
    public async Task Finds_messages_and_says_where_to_go_on(Database database)
    {
        using var repository = await SearchedRepository.MakeAsync(await portals.OnAsync(database), RepositoryLayout.Empty);
        for (var number = 1; number <= 23; number++)
            await repository.CommitAsync($"Step {number}\n\nTowards the Gletschermühle{(number == 7 ? ", by boat" : "")}", "mkdir", $"d{number}");

        Assert.Equal([7L], await repository.FindRevisionsAsync("\"by boat\" gletscher"));
        var first = await repository.FindAsync("gletschermu\u0308hle", SearchPlace.Messages);
        Assert.Equal(Enumerable.Range(4, 20).Reverse().Select(number => (long)number), first.Messages.Select(hit => hit.Commit.Revision));
        var rest = await repository.FindAsync("gletschermühle", SearchPlace.Messages, first.Next);
        Assert.Equal([3L, 2, 1], rest.Messages.Select(hit => hit.Commit.Revision));
        Assert.Null(rest.Next);
        Assert.False(rest.IsCutShort);
        Assert.Empty((await repository.FindAsync("gletscher", SearchPlace.Contents)).Files);
    }

    [Theory, OnEachDatabase]
    public async Task Reads_text_as_pages_do_and_knows_other_files_by_their_names(Database database)
    {
        using var repository = await SearchedRepository.MakeAsync(await portals.OnAsync(database));
        var large = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("glacier ", 140_000)));
        await repository.CommitAsync(
            "Files of many kinds",
            "put", repository.File([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("glacier in UTF-16")]), "trunk/utf16.txt",
            "put", repository.File(Encoding.Latin1.GetBytes("glacier gelé")), "trunk/latin1.txt",
            "put", repository.File([0, 1, 2, .. "glacier"u8]), "trunk/binary.dat",
            "put", repository.File(large), "trunk/large-glacier.txt",
            "put", repository.File(large), "trunk/large.txt",
            "put", repository.File(""), "trunk/empty-glacier");

        var found = (await repository.FindAsync("glacier")).Files;

        Assert.Equal(["/trunk/empty-glacier", "/trunk/large-glacier.txt", "/trunk/latin1.txt", "/trunk/utf16.txt"], found.Select(file => file.Path.Text));
        Assert.Equal([false, true, false, false], found.Select(file => file.IsNameOnly));
        Assert.Equal(["/trunk/latin1.txt"], await repository.FindFilesAsync("gelé"));
        Assert.Equal("glacier gelé", Assert.Single(found[2].Lines).Text.Text);
    }

    [Theory, OnEachDatabase]
    public async Task Indexes_many_files_a_piece_at_a_time_and_shows_them_a_page_at_a_time(Database database)
    {
        using var repository = await SearchedRepository.MakeAsync(await portals.OnAsync(database));
        var file = repository.File("a floe of ice");
        await repository.CommitAsync("Many", ["mkdir", "trunk/many", .. Enumerable.Range(0, 600).SelectMany(number => (string[])["put", file, $"trunk/many/{number:000}.txt"])]);

        var pages = new List<string>();
        string? next = null;
        do
        {
            var page = await repository.FindAsync("floe", after: next);
            pages.AddRange(page.Files.Select(hit => hit.Path.Text));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 600).Select(number => $"/trunk/many/{number:000}.txt"), pages);
    }

    [Theory, OnEachDatabase]
    public async Task Begins_anew_when_the_content_was_replaced(Database database)
    {
        var portal = await portals.OnAsync(database);
        using var repository = await SearchedRepository.MakeAsync(portal);
        await repository.CommitAsync("Lost later", "put", repository.File("before the restore"), "trunk/a", "put", repository.File("stays"), "trunk/b");
        Assert.Equal(["/trunk/a"], await repository.FindFilesAsync("restore"));

        var restored = portal.Directories().Copy(new RepositoryCopy(repository.Id, 2));
        await Command.RunAsync("svnadmin", "hotcopy", repository.Directory, restored);
        var local = new Uri(restored).ToString();
        await Command.RunAsync("rm", "-r", $"{restored}/hooks");
        await Command.RunAsync("svnmucc", "-m", "Made anew", "-U", local, "rm", "trunk/a", "put", repository.File("after the restore"), "trunk/c");
        await portal.RecordAsync(record => record.Copies.Where(copy => copy.RepositoryId == repository.Id).ExecuteDeleteAsync(Cancel));
        await portal.RecordAsync(async record =>
        {
            record.Add(new Copy
            {
                Id = Guid.NewGuid(),
                RepositoryId = repository.Id,
                NodeName = (await record.Nodes.SingleAsync(Cancel)).Name,
                Generation = 2,
                Role = CopyRole.Primary,
                Epoch = 2,
            });
            return await record.SaveChangesAsync(Cancel);
        });

        Assert.Equal(["/trunk/c"], await repository.FindFilesAsync("restore"));
        Assert.Equal(["/trunk/b"], await repository.FindFilesAsync("stays"));
        Assert.Equal([3L], await repository.FindRevisionsAsync("anew"));
    }

    [Theory, OnEachDatabase]
    public async Task Goes_with_the_repository(Database database)
    {
        var portal = await portals.OnAsync(database);
        using var repository = await SearchedRepository.MakeAsync(portal);
        await repository.CommitAsync("Something", "put", repository.File("floe"), "trunk/a");
        Assert.Single(await repository.FindFilesAsync("floe"));
        Assert.Contains(repository.Id, await repository.Index.ListAsync(Cancel));

        await portal.RecordAsync(record => record.Repositories.Where(row => row.Id == repository.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(stored => stored.State, RepositoryState.Purging), Cancel));
        await portal.Services.GetRequiredService<IGrainFactory>().GetGrain<IRepositoryGrain>(repository.Id.Value).Settle(Cancel);

        await Eventually.TrueAsync(async () => !(await repository.Index.ListAsync(Cancel)).Contains(repository.Id));
    }

    [Theory, OnEachDatabase]
    public async Task A_corrected_message_is_found_by_what_it_says_now(Database database)
    {
        var portal = await portals.OnAsync(database);
        using var repository = await SearchedRepository.MakeAsync(portal);
        await repository.CommitAsync("A flow of ice", "mkdir", "trunk/a");
        Assert.Equal([2L], await repository.FindRevisionsAsync("flow"));

        await Command.RunAsync("svnadmin", "setlog", "--bypass-hooks", "-r", "2", repository.Directory, repository.File("A floe of ice"));
        var node = await portal.RecordAsync(record => record.Nodes.Select(row => row.Name).SingleAsync(Cancel));
        await portal.Services.GetRequiredService<IndexRepository>().RenewMessageAsync(new RepositoryCopy(repository.Id, 1), node, 2, Cancel);

        Assert.Equal([2L], await repository.FindRevisionsAsync("floe"));
        Assert.Empty(await repository.FindRevisionsAsync("flow"));
    }

    [Theory, OnEachDatabase]
    public async Task Of_two_who_take_the_same_step_one_does(Database database)
    {
        var portal = await portals.OnAsync(database);
        var index = portal.Services.GetRequiredService<ISearchIndex>();
        var id = RepositoryId.New(TimeProvider.System);
        var begun = IndexState.Beginning(1, "/", 1);
        var step = new IndexStep(null, begun) { Files = [("/a", ["x"])], Messages = [(1, ["y"])] };

        Assert.True(await index.WriteAsync(id, step, Cancel));
        Assert.False(await index.WriteAsync(id, step with { Files = [("/b", ["x"])] }, Cancel));
        Assert.Equal(begun, await index.ReadStateAsync(id, Cancel));
        Assert.Equal(["/a"], await index.FindFilesAsync(id, [new SearchWord("x", false)], null, 10, Cancel));

        // What is taken once more leaves what it left before; what is forgotten is gone.
        Assert.True(await index.WriteAsync(id, new IndexStep(begun, begun with { Steps = 2 }) { Files = [("/a", ["x"])], Messages = [(1, ["y"])] }, Cancel));
        Assert.Equal(["/a"], await index.FindFilesAsync(id, [new SearchWord("x", true)], null, 10, Cancel));
        Assert.Equal([1L], await index.FindMessagesAsync(id, [new SearchWord("y", false)], 9, 10, Cancel));
        Assert.True(await index.WriteAsync(id, new IndexStep(begun with { Steps = 2 }, begun with { Steps = 3 }) { ForgetsFiles = true, ForgetsMessages = true }, Cancel));
        Assert.Empty(await index.FindFilesAsync(id, [new SearchWord("x", true)], null, 10, Cancel));
        Assert.Empty(await index.FindMessagesAsync(id, [new SearchWord("y", false)], 9, 10, Cancel));
        await index.RemoveAsync(id, Cancel);
        Assert.Null(await index.ReadStateAsync(id, Cancel));
    }

    [Theory, OnEachDatabase]
    public async Task Takes_whatever_is_typed(Database database)
    {
        using var repository = await SearchedRepository.MakeAsync(await portals.OnAsync(database));
        await repository.CommitAsync("near OR not: it's \"quoted\"", "put", repository.File("near OR not: it's \"quoted\""), "trunk/a");
        await repository.FindAsync("near");
        foreach (var typed in (string[])[
            "\"", "\"\"", "'", "near(", "NEAR OR", "NOT", "AND", "or*", "words:near", "{words}:near", "near^2", "near & !not", "near <-> not", "near:*", "it's", "\\", "%", "a\0b",
            "--", "; DROP TABLE file", "\u202enear", "\ufeffnear", "e\u0301", "\ud800", "near\u00a0not", new string('a', 200), new string('"', 200), "x\u0300\u0300\u0300"])
        {
            foreach (var place in (SearchPlace[])[SearchPlace.Contents, SearchPlace.Messages])
            {
                var outcome = await repository.SearchAsync(typed, place, after: "\0'\"");
                Assert.True(outcome.Refusal is null or { Kind: RefusalKind.Invalid }, typed);
            }
        }

        Assert.Equal(["/trunk/a"], await repository.FindFilesAsync("NOT:\"near OR\""));
    }

    [Theory, OnEachDatabase]
    public async Task No_backup_of_the_record_has_it_a_restore_throws_it_away_and_after_a_restart_it_is_there_again(Database database)
    {
        using var data = new ScratchDirectory();
        using var stored = new ScratchDirectory();
        var connection = ("RepoPortal:Database", await records.ConnectionAsync(database));
        var (backups, directory, location) = (new BackupDirectory(stored.Path), new DataDirectory(data.Path), RecordLocation.Parse(connection.Item2));
        SearchedRepository repository;
        RecordSnapshot snapshot;
        await using (var portal = await PortalHost.StartWithNodeAsync(data.Path, connection))
        {
            repository = await SearchedRepository.MakeAsync(portal);
            await repository.CommitAsync("Kept", "put", repository.File("a floe"), "trunk/a");
            Assert.Single(await repository.FindFilesAsync("floe"));
            snapshot = await RecordSnapshot.TakeAsync(backups, directory, location, TimeProvider.System.GetUtcNow(), Cancel);
        }

        Assert.True(await HasWordsAsync());
        var kept = database == Database.Postgres
            ? (await Command.RunAsync("pg_restore", "--list", Path.Combine(snapshot.Path, "record.dump"))).Split('\n')
            : Directory.GetFileSystemEntries(snapshot.Path);
        Assert.Contains(kept, entry => entry.Contains(database == Database.Postgres ? "TABLE public Commits" : "portal.db", StringComparison.Ordinal));
        Assert.DoesNotContain(kept, entry => entry.Contains("search", StringComparison.Ordinal));
        await snapshot.RestoreAsync(directory, location, Cancel);
        Assert.False(await HasWordsAsync());

        await using var again = await PortalHost.StartWithNodeAsync(data.Path, connection);
        var index = again.Services.GetRequiredService<ISearchIndex>();
        // Nobody has to search for it, or commit to it.
        await Eventually.TrueAsync(async () => (await index.FindFilesAsync(repository.Id, [new SearchWord("floe", false)], null, 10, Cancel)).Count == 1, TimeSpan.FromSeconds(30));
        repository.Dispose();

        async Task<bool> HasWordsAsync()
        {
            if (database == Database.Sqlite)
                return Directory.Exists(directory.Search) && Directory.EnumerateFiles(directory.Search).Any();
            await using var source = NpgsqlDataSource.Create(connection.Item2);
            await using var command = source.CreateCommand("SELECT EXISTS (SELECT FROM information_schema.schemata WHERE schema_name = 'search')");
            return (bool)(await command.ExecuteScalarAsync(Cancel))!;
        }
    }
}
