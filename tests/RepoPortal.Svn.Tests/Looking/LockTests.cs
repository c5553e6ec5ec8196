using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class LockTests : RepositoryTest
{
    [Fact]
    public void Tells_who_holds_a_file_since_when_and_why()
    {
        var path = CreateRepository();
        CommitFile(path, "file", "1"u8.ToArray());
        Assert.Null(Look.GetLock(path, "/file"));
        Assert.Empty(Look.GetLocks(path, "/"));
        Lock(path, "/file", "bob", "until Monday");

        var held = Look.GetLock(path, "file")!;

        Assert.Equal(("/file", "bob", "until Monday"), (held.Path, held.Owner, held.Comment));
        Assert.InRange(held.CreationTime, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Null(Look.GetLock(path, "/nothing"));
    }

    [Fact]
    public void Lists_the_locks_in_a_directory_and_those_further_down_when_asked()
    {
        var path = CreateRepository();
        Commit(path, "mkdir", "a", "mkdir", "a/b");
        foreach (var file in new[] { "a/one", "a/two", "a/b/deep", "other" })
        {
            CommitFile(path, file, "1"u8.ToArray());
            Lock(path, "/" + file, "bob", "");
        }

        Assert.Equal(["/a/one", "/a/two"], Look.GetLocks(path, "/a").Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["/other"], Look.GetLocks(path, "/").Keys);
        Assert.Equal(["/a/b/deep", "/a/one", "/a/two"], Look.GetLocks(path, "/a", recursive: true).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(4, Look.GetLocks(path, "/", recursive: true).Count);
    }

    private void Lock(string repository, string path, string user, string comment)
    {
        var file = NewPath("comment");
        File.WriteAllText(file, comment);
        Tool.Run("svnadmin", "lock", repository, path, user, file);
    }
}
