using System.Globalization;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class ChangedPathsTests(RealHistory history) : RepositoryTest
{
    [Fact]
    public void Reads_what_svnlook_changed_reads_for_many_revisions()
    {
        for (var revision = 1L; revision <= 2000; revision += 41)
        {
            var expected = Tool.Run("svnlook", "changed", "--copy-info", "-r", revision.ToString(CultureInfo.InvariantCulture), history.Path)
                .Lines().Where(line => line[0] is 'A' or 'D' or 'U' or '_').Select(line => line[4..].TrimEnd('/')).Order(StringComparer.Ordinal);
            var read = Look.GetChangedPaths(new SvnLookOrigin(history.Path, revision)).Items.Select(item => item.Path[1..]);
            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public void Tells_what_was_done_to_each_path()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        CommitFile(path, "trunk/a", [1]);
        CommitFile(path, "trunk/b", [1]);
        var changed = NewPath("changed");
        File.WriteAllBytes(changed, [2]);
        Commit(path, "cp", "HEAD", "trunk", "tags/1", "put", changed, "trunk/a", "propset", "p", "v", "trunk", "rm", "trunk/b", "rm", "branches", "mkdir", "branches");

        Assert.Equal(
            [
                new("/branches", SvnChangeAction.Replace, SvnNodeKind.Directory, false, false, null, null),
                new("/tags/1", SvnChangeAction.Add, SvnNodeKind.Directory, false, false, "/trunk", 3),
                new("/trunk", SvnChangeAction.Modify, SvnNodeKind.Directory, false, true, null, null),
                new("/trunk/a", SvnChangeAction.Modify, SvnNodeKind.File, true, false, null, null),
                new("/trunk/b", SvnChangeAction.Delete, SvnNodeKind.File, false, false, null, null),
            ],
            Look.GetChangedPaths(new SvnLookOrigin(path)).Items);
    }

    [Fact]
    public void Bounds_what_it_returns_and_says_so()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        Assert.False(Look.GetChangedPaths(new SvnLookOrigin(path), 3).IsTruncated);
        var bounded = Look.GetChangedPaths(new SvnLookOrigin(path), 2);
        Assert.True(bounded.IsTruncated);
        Assert.Equal(2, bounded.Items.Count);
        Assert.Empty(Look.GetChangedPaths(new SvnLookOrigin(path, 0)).Items);
        Assert.Throws<ArgumentOutOfRangeException>(() => Look.GetChangedPaths(new SvnLookOrigin(path), 0));
    }
}
