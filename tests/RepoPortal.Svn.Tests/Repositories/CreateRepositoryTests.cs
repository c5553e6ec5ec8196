using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Repositories;

public sealed class CreateRepositoryTests : RepositoryTest
{
    [Fact]
    public void Makes_a_repository_of_format_8_that_svnadmin_verifies()
    {
        var path = NewPath();
        var uuid = SvnRepositoryClient.CreateRepository(path);

        Assert.Equal(Tool.Run("svnlook", "uuid", path).Trim(), uuid);
        Assert.Equal(uuid, Look.GetUuid(path));
        Assert.Equal(0, Look.GetYoungest(path));
        Assert.Contains("Filesystem Format: 8", Tool.Run("svnadmin", "info", path), StringComparison.Ordinal);
        Tool.Run("svnadmin", "verify", "--quiet", path);
    }

    [Fact]
    public void Makes_a_repository_in_an_empty_directory()
    {
        var path = NewPath();
        Directory.CreateDirectory(path);
        SvnRepositoryClient.CreateRepository(path);
        Assert.Equal(0, Look.GetYoungest(path));
    }

    [Fact]
    public void Makes_a_layout_in_revision_one()
    {
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("zoë", "Make trunk, branches and tags."));

        Assert.Equal(["/", " branches/", " tags/", " trunk/"], Tool.Run("svnlook", "tree", path).Lines());
        Assert.Equal("1", Tool.Run("svnlook", "youngest", path).Trim());
        Assert.Equal("zoë", Tool.Run("svnlook", "author", path).Trim());
        Assert.Equal("Make trunk, branches and tags.", Tool.Run("svnlook", "log", path).Trim());
    }

    [Fact]
    public void Adds_a_layout_of_nested_directories_later()
    {
        var path = CreateRepository();
        Assert.Equal(1, SvnRepositoryClient.CommitLayout(path, new SvnLayout(["code", "code/trunk", "/docs/"], "alice", "two\nlines")));
        Assert.Equal(["/", " code/", "  trunk/", " docs/"], Tool.Run("svnlook", "tree", path).Lines());
    }

    [Fact]
    public void Commits_nothing_of_a_layout_that_exists_in_part()
    {
        var path = CreateRepository();
        SvnRepositoryClient.CommitLayout(path, new SvnLayout(["trunk"], "alice", ""));

        var refused = Assert.Throws<SvnException>(() => SvnRepositoryClient.CommitLayout(path, SvnLayout.Standard("alice", "")));

        Assert.True(refused.IsAlreadyExists);
        Assert.Equal(1, Look.GetYoungest(path));
        Assert.Empty(Tool.Run("svnadmin", "lstxns", path));
    }

    [Fact]
    public void Refuses_a_log_message_with_a_carriage_return()
    {
        var path = CreateRepository();
        var refused = Assert.Throws<SvnException>(() => SvnRepositoryClient.CommitLayout(path, new SvnLayout(["trunk"], "alice", "a\r\nb")));
        Assert.True(refused.Contains(SvnErrorCode.BadPropertyValue));
        Assert.Empty(Tool.Run("svnadmin", "lstxns", path));
    }

    [Fact]
    public void Refuses_a_directory_with_something_in_it()
    {
        var path = NewPath();
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Join(path, "letter"), "mine");

        var refused = Assert.Throws<SvnException>(() => SvnRepositoryClient.CreateRepository(path));

        Assert.True(refused.Contains(SvnErrorCode.DirectoryNotEmpty));
        Assert.True(refused.IsAlreadyExists);
        Assert.Equal("mine", File.ReadAllText(Path.Join(path, "letter")));
    }

    [Fact]
    public void Refuses_to_create_over_a_repository()
    {
        var path = CreateRepository();
        Assert.True(Assert.Throws<SvnException>(() => SvnRepositoryClient.CreateRepository(path)).Contains(SvnErrorCode.RepositoryBadArgs));
        Assert.Equal(0, Look.GetYoungest(path));
    }

    [Fact]
    public void Refuses_a_path_inside_another_repository()
    {
        var outer = CreateRepository();
        var refused = Assert.Throws<SvnException>(() => SvnRepositoryClient.CreateRepository(Path.Join(outer, "inner")));
        Assert.True(refused.Contains(SvnErrorCode.RepositoryBadArgs));
        Assert.False(Directory.Exists(Path.Join(outer, "inner")));
    }

    [Fact]
    public void Refuses_a_directory_without_a_parent()
    {
        var refused = Assert.Throws<SvnException>(() => SvnRepositoryClient.CreateRepository(NewPath("missing/repository")));
        Assert.True(refused.Contains(SvnErrorCode.FileNotFound));
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/tmp/../tmp/repository")]
    [InlineData("/tmp/null\0character")]
    [InlineData("")]
    public void Refuses_a_directory_that_is_not_a_plain_absolute_path(string path) =>
        Assert.ThrowsAny<ArgumentException>(() => SvnRepositoryClient.CreateRepository(path));

    [Theory]
    [InlineData("größe 数据 🦜")]
    [InlineData("a%20b?c#d&e")]
    [InlineData("back\\slash")]
    public void Makes_and_reads_a_repository_whose_name_is_not_plain(string name)
    {
        var path = NewPath(name);
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        Assert.Equal(1, Look.GetYoungest(path + "//"));
        Assert.Equal("1", Tool.Run("svnlook", "youngest", path).Trim());
    }
}
