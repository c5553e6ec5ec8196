using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Repositories;

public sealed class RevisionPropertyTests : RepositoryTest
{
    [Fact]
    public void Reads_the_properties_of_a_revision()
    {
        var path = CreateRepository();
        Commit(path, "mkdir", "trunk");

        var properties = Look.GetRevisionProperties(new SvnLookOrigin(path, 1));

        Assert.Equal(["svn:author", "svn:date", "svn:log"], properties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("alice", properties["svn:author"].StringValue);
        Assert.Equal("a message", properties["svn:log"].StringValue);
    }

    [Fact]
    public void Sets_replaces_and_removes_a_property()
    {
        var path = CreateRepository();
        SvnRepositoryClient.SetRevisionProperty(path, 0, "svn:log", "größer\nund zweizeilig");
        Assert.Equal("größer\nund zweizeilig\n", Tool.Run("svnlook", "log", "-r", "0", path));

        SvnRepositoryClient.SetRevisionProperty(path, 0, "svn:log", "");
        Assert.Equal("", Look.GetRevisionProperties(new SvnLookOrigin(path, 0))["svn:log"].StringValue);

        SvnRepositoryClient.SetRevisionProperty(path, 0, "svn:log", null);
        Assert.DoesNotContain("svn:log", Look.GetRevisionProperties(new SvnLookOrigin(path, 0)).Keys);
    }

    [Fact]
    public void Shows_a_property_changed_by_another_process_at_once()
    {
        var path = CreateRepository();
        var origin = new SvnLookOrigin(path, 0);
        Look.GetRevisionProperties(origin);
        File.WriteAllText(NewPath("message"), "changed outside");
        Tool.Run("svnadmin", "setlog", "--bypass-hooks", "-r", "0", path, NewPath("message"));
        Assert.Equal("changed outside", Look.GetRevisionProperties(origin)["svn:log"].StringValue);
    }

    [Fact]
    public void Refuses_a_revision_that_does_not_exist()
    {
        var path = CreateRepository();
        Assert.True(Assert.Throws<SvnException>(() => SvnRepositoryClient.SetRevisionProperty(path, 1, "svn:log", "x")).IsNoSuchRevision);
        Assert.True(Assert.Throws<SvnException>(() => Look.GetRevisionProperties(new SvnLookOrigin(path, 1))).IsNoSuchRevision);
    }

    [Fact]
    public void Refuses_line_ends_that_other_clients_could_not_read()
    {
        var path = CreateRepository();
        var refused = Assert.Throws<SvnException>(() => SvnRepositoryClient.SetRevisionProperty(path, 0, "svn:log", "a\r\nb"));
        Assert.True(refused.Contains(SvnErrorCode.BadPropertyValue));
    }
}
