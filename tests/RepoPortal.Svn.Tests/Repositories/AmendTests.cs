using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Repositories;

public sealed class AmendTests : RepositoryTest
{
    [Fact]
    public void Changes_a_property_only_if_it_has_the_expected_value()
    {
        var path = CreateRepository();
        Commit(path, "mkdir", "trunk");
        SvnRepositoryClient.ChangeRevisionProperty(path, 1, "svn:log", Value("a message"), "another", "ada");

        var refused = Assert.Throws<SvnException>(() => SvnRepositoryClient.ChangeRevisionProperty(path, 1, "svn:log", Value("a message"), "overtaken", "ada"));

        Assert.True(refused.Contains(SvnErrorCode.FsPropBaseValueMismatch));
        Assert.True(Assert.Throws<SvnException>(() => SvnRepositoryClient.ChangeRevisionProperty(path, 1, "svn:log", null, "overtaken", "ada")).Contains(SvnErrorCode.FsPropBaseValueMismatch));
        Assert.Equal("another\n", Tool.Run("svnlook", "log", "-r", "1", path));
        SvnRepositoryClient.ChangeRevisionProperty(path, 0, "svn:log", null, "none before", "ada");
        Assert.Equal("none before\n", Tool.Run("svnlook", "log", "-r", "0", path));
    }

    [Fact]
    public void Asks_the_hook_where_there_is_one()
    {
        var path = CreateRepository();
        Commit(path, "mkdir", "trunk");
        Hook(path, "pre-revprop-change", "test \"$3 $4 $5\" = 'ada svn:log M' && test \"$(cat)\" = good || { echo no >&2; exit 1; }");
        Hook(path, "post-revprop-change", "touch \"$1/was-here\"");

        Assert.True(Assert.Throws<SvnException>(() => SvnRepositoryClient.ChangeRevisionProperty(path, 1, "svn:log", Value("a message"), "bad", "ada")).Contains(SvnErrorCode.RepositoryHookFailure));
        Assert.False(File.Exists(Path.Join(path, "was-here")));
        SvnRepositoryClient.ChangeRevisionProperty(path, 1, "svn:log", Value("a message"), "good", "ada");
        Assert.True(File.Exists(Path.Join(path, "was-here")));
    }

    [Fact]
    public void Breaks_a_lock_unless_the_hook_refuses()
    {
        var path = CreateRepository();
        CommitFile(path, "file", "1"u8.ToArray());
        Assert.True(Assert.Throws<SvnException>(() => SvnRepositoryClient.BreakLock(path, "/file", "ada")).Contains(SvnErrorCode.FsNoSuchLock));
        File.WriteAllText(NewPath("comment"), "");
        Tool.Run("svnadmin", "lock", path, "/file", "bob", NewPath("comment"));
        var mark = Look.GetLock(path, "/file")!.Mark;
        Hook(path, "pre-unlock", "test \"$2 $3 $5\" = '/file ada 1' && exit 1; exit 0");

        Assert.True(Assert.Throws<SvnException>(() => SvnRepositoryClient.BreakLock(path, "/file", "ada")).Contains(SvnErrorCode.RepositoryHookFailure));
        Assert.Equal(mark, Look.GetLock(path, "/file")!.Mark);
        SvnRepositoryClient.BreakLock(path, "file", "carl");

        Assert.Null(Look.GetLock(path, "/file"));
        Tool.Run("svnadmin", "lock", path, "/file", "bob", NewPath("comment"));
        Assert.NotEqual(mark, Look.GetLock(path, "/file")!.Mark);
    }

    private static SvnPropertyValue Value(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    private static void Hook(string repository, string name, string script)
    {
        var file = Path.Join(repository, "hooks", name);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
