using System.Collections.Immutable;
using System.Globalization;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.StorageNodes.Jobs;
using RepoPortal.StorageNode.Importing;
using RepoPortal.Tests.Fixtures;
using RepoPortal.Tests.StorageNode.Backups;

namespace RepoPortal.Tests.StorageNode.Importing;

public sealed class LoadGitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Has_the_files_of_every_commit_branch_and_tag_as_git_has_them()
    {
        using var git = await GitRepository.MakeHistoryAsync();
        await using var node = await RunningNode.StartAsync();
        var target = RunningNode.Request("alpha");

        var loaded = await LoadAsync(node, target, git.Path);

        var repository = ImportedTo(node, target);
        await Command.RunAsync("svnadmin", "verify", "-q", repository);
        // The layout, ten commits, a branch that has none of its own, and two tags.
        Assert.Equal(14, loaded.Revision);
        foreach (var (path, commit) in new[]
        {
            ("trunk", "main"), ("branches/feature/one", "feature/one"), ("branches/pages", "pages"), ("branches/same/as-main", "same/as-main"), ("tags/light", "light"), ("tags/v1.0", "v1.0"),
        })
        {
            await RequireSameAsync(git, repository, path, loaded.Revision, commit);
        }

        Assert.Equal("branches/\ntags/\ntrunk/", await Command.RunAsync("svn", "list", Url(repository)));
        Assert.Equal("feature/\npages/\nsame/", await Command.RunAsync("svn", "list", $"{Url(repository)}/branches"));
        // Each revision of trunk is a commit of main's first parents; of the one that changes nothing, the log of a path says nothing.
        var empty = await git.RunAsync("rev-parse", "main~1");
        var commits = (await git.RunAsync("rev-list", "--first-parent", "--reverse", "main")).Split('\n').Where(commit => commit != empty).ToArray();
        var revisions = (await Command.RunAsync("svn", "log", "-q", "-r2:HEAD", $"{Url(repository)}/trunk")).Split('\n').Where(line => line.StartsWith('r'))
            .Select(line => long.Parse(line[1..line.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(commits.Length, revisions.Count);
        foreach (var (revision, commit) in revisions.Zip(commits))
            await RequireSameAsync(git, repository, "trunk", revision, commit);
    }

    [Fact]
    public async Task Keeps_messages_dates_properties_and_where_a_branch_came_from()
    {
        using var git = await GitRepository.MakeHistoryAsync();
        await using var node = await RunningNode.StartAsync();
        var target = RunningNode.Request("alpha");

        await LoadAsync(node, target, git.Path, ("ada@lab.example", "countess"));

        var repository = ImportedTo(node, target);
        Assert.Equal("first\n\nin three lines ü", await Command.RunAsync("svnlook", "log", "-r", "2", repository));
        Assert.Equal("countess", await Command.RunAsync("svnlook", "author", "-r", "2", repository));
        var date = DateTimeOffset.FromUnixTimeSeconds(long.Parse(await git.RunAsync("log", "-1", "--format=%ct", "main~5"), CultureInfo.InvariantCulture));
        Assert.Equal(date.ToString("yyyy-MM-ddTHH:mm:ss.000000Z", CultureInfo.InvariantCulture), await Command.RunAsync("svn", "propget", "--revprop", "-r", "2", "svn:date", Url(repository)));
        Assert.Equal("*", await Command.RunAsync("svnlook", "propget", "-r", "2", repository, "svn:executable", "trunk/run.sh"));
        Assert.Equal("*", await Command.RunAsync("svnlook", "propget", "-r", "2", repository, "svn:special", "trunk/link"));
        Assert.False((await Command.TryAsync("svnlook", "propget", repository, "svn:executable", "trunk/run.sh")).IsSuccess);
        Assert.False((await Command.TryAsync("svnlook", "propget", repository, "svn:special", "trunk/link")).IsSuccess);
        Assert.Contains("(from trunk/:r2)", await Command.RunAsync("svnlook", "changed", "--copy-info", "-r", "3", repository), StringComparison.Ordinal);
        var merge = await Command.RunAsync("svn", "log", "-v", "--search", "merge what goes", Url(repository));
        Assert.Contains("A /trunk/gone.txt", merge, StringComparison.Ordinal);
        Assert.Matches("D /branches/unnamed-[0-9a-f]{12}", merge);
        Assert.Equal("the first\n\nwith a body", await Command.RunAsync("svnlook", "log", repository));
    }

    [Fact]
    public async Task Calls_authors_by_what_is_before_the_at_sign_unless_they_are_mapped()
    {
        using var git = await GitRepository.MakeAsync();
        await git.WriteAsync("a", "a");
        await git.CommitAsync("by Ada");
        await git.RunAsync("commit", "-q", "--allow-empty", "-m", "by name", "--author", "Charles Babbage <>");
        await git.RunAsync("commit", "-q", "--allow-empty", "-m", "mapped", "--author", "Charles <cb@engine.example>");
        await using var node = await RunningNode.StartAsync();
        var target = RunningNode.Request("alpha");

        await LoadAsync(node, target, git.Path, ("Charles", "babbage"));

        var repository = ImportedTo(node, target);
        Assert.Equal(
            ["ada", "Charles Babbage", "babbage"],
            [await Command.RunAsync("svnlook", "author", "-r2", repository), await Command.RunAsync("svnlook", "author", "-r3", repository), await Command.RunAsync("svnlook", "author", "-r4", repository)]);
    }

    [Fact]
    public async Task Lists_what_cannot_be_carried()
    {
        using var git = await GitRepository.MakeHistoryAsync();
        await git.RunAsync("tag", "of-a-file", "main:run.sh");
        // Names and a message that are no UTF-8, and names that Subversion takes in no path.
        await Command.RunAsync("sh", "-c", "cd \"$0\" && printf x > \"$(printf 'caf\\351')\" && printf x > \"$(printf 'a\\tb\\nc')\"", git.Path);
        await git.CommitAsync("put right below");
        // git commit would make it UTF-8.
        await Command.RunAsync(
            "sh", "-c", "cd \"$0\" && git update-ref HEAD $( (git cat-file commit HEAD | head -n -1; printf 'caf\\351\\n') | git hash-object -t commit -w --stdin)", git.Path);
        // .NET cannot remove what it cannot name.
        await Command.RunAsync("sh", "-c", "cd \"$0\" && rm caf*", git.Path);
        await using var node = await RunningNode.StartAsync();
        var target = RunningNode.Request("alpha");

        var loaded = await LoadAsync(node, target, git.Path);

        Assert.Equal(
            "Not carried: 1 submodule ('vendor/lib'); 1 reference that is no branch or tag ('refs/notes/commits'); 1 tag of something that is no commit ('of-a-file'). "
            + "2 paths have names with %XX in place of what Subversion takes in none ('a%09b%0Ac', 'caf%E9'). 1 message is no UTF-8 and was read as Latin-1. "
            + "1 merge is there as what it changed, without svn:mergeinfo. "
            + "1 line of commits without a branch was put into branches/unnamed-…, and removed again where a merge or a tag took up its end.",
            loaded.Remarks);
        Assert.Equal("x", await Command.RunAsync("svnlook", "cat", ImportedTo(node, target), "trunk/caf%E9"));
        Assert.Equal("café", await Command.RunAsync("svn", "propget", "--revprop", "-r", Last(loaded, tags: 2, branches: 1), "svn:log", Url(ImportedTo(node, target))));
    }

    [Fact]
    public async Task Names_the_commit_whose_content_is_not_there_and_goes_on_when_it_is()
    {
        using var git = await GitRepository.MakeHistoryAsync();
        await using var whole = await RunningNode.StartAsync();
        await using var node = await RunningNode.StartAsync();
        var target = RunningNode.Request("alpha");
        var (commit, blob) = (await git.RunAsync("rev-parse", "main~3^2"), await git.RunAsync("rev-parse", "main~3^2:gone.txt"));
        var file = git[$".git/objects/{blob[..2]}/{blob[2..]}"];
        File.Move(file, git.Beside("blob"));

        var failure = await Assert.ThrowsAsync<StorageException>(() => LoadAsync(node, target, git.Path));

        Assert.Contains($"git's commit {commit[..12]}: the content of 'gone.txt' is not in the repository", failure.Message, StringComparison.Ordinal);
        var youngest = await BackedUpNode.YoungestAsync(ImportedTo(node, target));
        Assert.InRange(youngest, 3, 9);
        File.Move(git.Beside("blob"), file);
        var loaded = await LoadAsync(node, target, git.Path);
        var other = RunningNode.Request("alpha");
        Assert.Equal(loaded.Revision, (await LoadAsync(whole, other, git.Path)).Revision);
        Assert.Equal(
            await BackedUpNode.DumpAsync(ImportedTo(whole, other), loaded.Revision), await BackedUpNode.DumpAsync(ImportedTo(node, target), loaded.Revision),
            (one, two) => WithoutRevisionZero(one) == WithoutRevisionZero(two));
    }

    [Fact]
    public async Task Runs_nothing_that_the_repository_names()
    {
        using var git = await GitRepository.MakeHistoryAsync();
        var (program, ran) = (git.Beside("program"), git.Beside("ran"));
        await File.WriteAllTextAsync(program, $"#!/bin/sh\ntouch '{ran}'\ncat\n", Cancel);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var setting in new[] { "core.fsmonitor", "core.pager", "pager.for-each-ref", "core.sshCommand", "diff.x.textconv", "diff.external", "filter.x.smudge", "gpg.program", "core.alternateRefsCommand" })
            await git.RunAsync("config", setting, program);
        await git.WriteAsync(".gitattributes", "* diff=x filter=x\n");
        await git.RunAsync("config", "protocol.ext.allow", "always");
        await git.RunAsync("config", "remote.origin.url", $"ext::{program.Replace(" ", "% ", StringComparison.Ordinal)}");
        await git.RunAsync("config", "remote.origin.promisor", "true");
        await git.RunAsync("config", "core.repositoryformatversion", "1");
        await git.RunAsync("config", "extensions.partialClone", "origin");
        var blob = await git.RunAsync("rev-parse", "pages:index.html");
        File.Delete(git[$".git/objects/{blob[..2]}/{blob[2..]}"]);
        File.Delete(ran);
        await using var node = await RunningNode.StartAsync();

        var failure = await Assert.ThrowsAsync<StorageException>(() => LoadAsync(node, RunningNode.Request("alpha"), git.Path));

        Assert.Contains("the content of 'index.html' is not in the repository", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(ran));
    }

    [Theory]
    [InlineData("nowhere", "is no directory")]
    [InlineData("source", "there is no branch with a commit")]
    [InlineData("source/.git/objects", "not a git repository")]
    public async Task Says_what_is_wrong_with_something_that_has_no_history(string path, string reason)
    {
        using var git = await GitRepository.MakeAsync();
        await using var node = await RunningNode.StartAsync();

        var failure = await Assert.ThrowsAsync<StorageException>(() => LoadAsync(node, RunningNode.Request("alpha"), git.Beside(path)));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private static async Task RequireSameAsync(GitRepository git, string repository, string path, long revision, string commit)
    {
        var (expected, exported) = (await git.ArchiveAsync(commit), git.Beside($"export-{Guid.NewGuid():n}"));
        await Command.RunAsync("svn", "export", "-q", string.Create(CultureInfo.InvariantCulture, $"{Url(repository)}/{path}@{revision}"), exported);
        // What a submodule has in git's archive is an empty directory, which Subversion's export has not; contents, links and names are compared.
        Assert.Equal(await ListAsync(expected), await ListAsync(exported));
        await Command.RunAsync("diff", "-r", "--no-dereference", "-x", "vendor", expected, exported);
    }

    private static Task<string> ListAsync(string directory) =>
        Command.RunAsync("sh", "-c", "cd \"$0\" && find . -path ./vendor -prune -o \\( -type f -executable -printf '%P x\\n' , -printf '%P %y %l\\n' \\) | LC_ALL=C sort", directory);

    private static string ImportedTo(RunningNode node, ProvisionRequest target) => Path.Combine(node.Directories.Import(target.Copy), "repository");

    private static string Url(string repository) => new Uri(repository).AbsoluteUri;

    private static string Last(LoadResult loaded, int tags, int branches) => (loaded.Revision - tags - branches).ToString(CultureInfo.InvariantCulture);

    // Which has the date at which the repository was made.
    private static string WithoutRevisionZero(string dump) => dump[dump.IndexOf("Revision-number: 1\n", StringComparison.Ordinal)..];

    private static Task<LoadResult> LoadAsync(RunningNode node, ProvisionRequest target, string directory, params (string From, string To)[] authors) => node.Get<LoadImport>().RunAsync(
        new LoadJob(target.Copy, new GitSource(directory), authors.ToImmutableDictionary(pair => pair.From, pair => pair.To), QuotaBytes: null), _ => { }, Cancel);
}
