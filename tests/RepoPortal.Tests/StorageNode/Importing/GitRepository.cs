using CliWrap;
using CliWrap.Buffered;
using RepoPortal.Tests.Fixtures;
using Command = RepoPortal.Tests.Fixtures.Command;

namespace RepoPortal.Tests.StorageNode.Importing;

/// <summary>A git repository with a work tree, made by git itself with the same hashes each time.</summary>
internal sealed class GitRepository : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private int _second = 1_600_000_000;

    private GitRepository()
    {
    }

    public string Path => _scratch["source"];

    public string this[string path] => System.IO.Path.Combine(Path, path);

    /// <summary>Makes it without a commit; HEAD leads to 'main'.</summary>
    public static async Task<GitRepository> MakeAsync()
    {
        var repository = new GitRepository();
        Directory.CreateDirectory(repository.Path);
        await repository.RunAsync("init", "-q", "-b", "main");
        return repository;
    }

    /// <summary>Makes it with what histories have in them: names of all kinds, links, binary content, renames, merges of branches that are there and that are gone, tags, submodules.</summary>
    public static async Task<GitRepository> MakeHistoryAsync()
    {
        var git = await MakeAsync();
        await git.WriteAsync("read me.txt", "one\n");
        await git.WriteAsync("src/\"quoted\" ü\\back.c", "int x;\n");
        await git.WriteAsync("src/deep/er/only", "alone\n");
        await git.WriteAsync("run.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(git["run.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(git["link"], "src/deep");
        await File.WriteAllBytesAsync(git["binary"], [.. Enumerable.Range(0, 300_000).Select(at => (byte)((at * 7) ^ (at >> 9)))]);
        await git.CommitAsync("first\r\n\r\nin three lines ü");
        await git.RunAsync("checkout", "-q", "-b", "feature/one");
        await git.WriteAsync("feature.txt", "new\n");
        await git.CommitAsync("on a branch");
        await git.RunAsync("checkout", "-q", "-b", "gone");
        await git.WriteAsync("gone.txt", "from a branch that will be gone\n");
        await git.CommitAsync("on a branch that goes");
        await git.WriteAsync("gone.txt", "more of it\n");
        await git.CommitAsync("more of it");
        await git.RunAsync("checkout", "-q", "main");
        // What was alone in its directory goes; a file is renamed, a directory becomes a file and a file a directory, a file is executable no more and a link another.
        await git.RunAsync("rm", "-q", "src/deep/er/only");
        await git.RunAsync("mv", "read me.txt", "README");
        File.SetUnixFileMode(git["run.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Delete(git["link"]);
        File.CreateSymbolicLink(git["link"], "README");
        await git.CommitAsync("clean up");
        await git.RunAsync("merge", "-q", "--no-ff", "-m", "merge what goes", "gone");
        await git.RunAsync("branch", "-q", "-D", "gone");
        await git.RunAsync("tag", "light");
        await git.RunAsync("rm", "-q", "-r", "src");
        await git.WriteAsync("src", "a file now\n");
        File.Delete(git["README"]);
        await git.WriteAsync("README/in a directory", "now\n");
        File.Delete(git["link"]);
        await git.WriteAsync("link", "no link any more\n");
        await git.CommitAsync("files and directories change places");
        await git.RunAsync("commit", "-q", "--allow-empty", "-m", "nothing at all");
        await git.RunAsync("tag", "-a", "v1.0", "-m", "the first\n\nwith a body");
        await git.RunAsync("branch", "-q", "same/as-main");
        await git.RunAsync("checkout", "-q", "--orphan", "pages");
        await git.RunAsync("rm", "-q", "-r", "-f", ".");
        await git.WriteAsync("index.html", "<p>\n");
        await git.CommitAsync("unrelated");
        await git.RunAsync("checkout", "-q", "main");
        await git.RunAsync("update-index", "--add", "--cacheinfo", $"160000,{await git.RunAsync("rev-parse", "HEAD")},vendor/lib");
        await git.RunAsync("commit", "-q", "-m", "a submodule");
        await git.RunAsync("notes", "add", "-m", "a note");
        return git;
    }

    /// <summary>Writes a file of the work tree.</summary>
    public async Task WriteAsync(string path, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        await File.WriteAllTextAsync(this[path], content, TestContext.Current.CancellationToken);
    }

    /// <summary>Commits whatever is in the work tree.</summary>
    public async Task CommitAsync(string message)
    {
        await RunAsync("add", "-A");
        await RunAsync("commit", "-q", "--cleanup=verbatim", "-m", message);
    }

    /// <summary>Runs git; each time it is a second later, so that hashes and order are the same each time.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await Cli.Wrap("git").WithArguments(["-C", Path, .. arguments]).WithEnvironmentVariables(set =>
        {
            var at = $"{_second++} +0200";
            set.Set("HOME", _scratch.Path).Set("GIT_CONFIG_NOSYSTEM", "1").Set("LC_ALL", "C.UTF-8");
            set.Set("GIT_AUTHOR_NAME", "Ada Lovelace").Set("GIT_AUTHOR_EMAIL", "ada@lab.example").Set("GIT_AUTHOR_DATE", at);
            set.Set("GIT_COMMITTER_NAME", "Grace").Set("GIT_COMMITTER_EMAIL", "grace@lab.example").Set("GIT_COMMITTER_DATE", at);
        }).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, $"git {string.Join(' ', arguments)}: {result.StandardError}");
        return result.StandardOutput.Trim();
    }

    /// <summary>Unpacks a commit as git itself has it.</summary>
    /// <returns>The directory.</returns>
    public async Task<string> ArchiveAsync(string commit)
    {
        var directory = _scratch[$"archive-{Guid.NewGuid():n}"];
        Directory.CreateDirectory(directory);
        await Command.RunAsync("sh", "-c", "git -C \"$0\" -c safe.directory='*' archive \"$1\" | tar -x -C \"$2\"", Path, commit, directory);
        return directory;
    }

    /// <summary>A path beside the repository that is gone with it.</summary>
    public string Beside(string name) => _scratch[name];

    public void Dispose() => _scratch.Dispose();
}
