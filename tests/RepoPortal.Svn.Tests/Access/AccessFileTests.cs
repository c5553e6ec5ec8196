using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Access;

public sealed class AccessFileTests : RepositoryTest
{
    private const string Rules = """
        [groups]
        staff = alice, bob
        [aliases]
        z = zoë
        [/]
        @staff = rw
        carol = r
        &z = r
        * =
        [/trunk/secret]
        carol =
        bob = r
        [/public]
        * = r
        """;

    [Theory]
    [InlineData("alice", "/", SvnAccess.Write, true)]
    [InlineData("alice", "/trunk/secret/plan", SvnAccess.Write, true)]
    [InlineData("bob", "/trunk", SvnAccess.Write, true)]
    [InlineData("bob", "/trunk/secret", SvnAccess.Write, false)]
    [InlineData("bob", "/trunk/secret", SvnAccess.Read, true)]
    [InlineData("alice", "/trunk", SvnAccess.Write | SvnAccess.Recursive, true)]
    [InlineData("bob", "/trunk", SvnAccess.Write | SvnAccess.Recursive, false)]
    [InlineData("bob", "/trunk", SvnAccess.Read | SvnAccess.Recursive, true)]
    [InlineData("carol", "/trunk", SvnAccess.Read, true)]
    [InlineData("carol", "trunk//", SvnAccess.Read, true)]
    [InlineData("carol", "/trunk/secret", SvnAccess.Read, false)]
    [InlineData("carol", "/trunk/secrets", SvnAccess.Read, true)]
    [InlineData("carol", "/trunk", SvnAccess.Read | SvnAccess.Recursive, false)]
    [InlineData("zoë", "/trunk", SvnAccess.Read, true)]
    [InlineData("Alice", "/", SvnAccess.Read, false)]
    [InlineData(null, "/", SvnAccess.Read, false)]
    [InlineData(null, "/public/paper", SvnAccess.Read, true)]
    [InlineData(null, "/public/paper", SvnAccess.Write, false)]
    [InlineData(null, null, SvnAccess.Read, true)]
    [InlineData(null, null, SvnAccess.Write, false)]
    public void Answers_who_may_do_what(string? user, string? path, SvnAccess required, bool expected)
    {
        using var file = SvnAccessFile.Parse(Rules);
        Assert.Equal(expected, file.IsAllowed(user, path, required));
    }

    [Fact]
    public void Answers_as_svnauthz_answers()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/svnauthz"), "svnauthz is not installed (Debian package 'subversion-tools')");
        var path = NewPath("authz");
        File.WriteAllText(path, Rules);
        using var file = SvnAccessFile.Parse(Rules);

        foreach (var user in new[] { "alice", "bob", "carol", "zoë", "Bob", "nobody" })
        {
            foreach (var inside in new[] { "/", "/trunk", "/trunk/secret", "/trunk/secret/deep/er", "/public", "/publications" })
            {
                Assert.Equal(Ask(user, inside), Says(file, user, inside, SvnAccess.None));
                Assert.Equal(Ask(user, inside, "--recursive"), Says(file, user, inside, SvnAccess.Recursive));
            }
        }

        string Ask(string user, string inside, params string[] options) =>
            Tool.Run("svnauthz", ["accessof", "--username", user, "--path", inside, .. options, path]).Trim();
    }

    private static string Says(SvnAccessFile file, string user, string path, SvnAccess how) =>
        file.IsAllowed(user, path, SvnAccess.Write | how) ? "rw" : file.IsAllowed(user, path, SvnAccess.Read | how) ? "r" : "no";

    [Theory]
    [InlineData("[/]\na = rw\n[/]\nb = r\n", "duplicate section")]
    [InlineData("[/\na = rw\n", "a section that does not end")]
    [InlineData("[/]\na = rwx\n", "an unknown access")]
    [InlineData("[/]\n@nobody = r\n", "an unknown group")]
    [InlineData("[/]\n&nobody = r\n", "an unknown alias")]
    [InlineData("[groups]\na = @b\nb = @a\n[/]\n@a = r\n", "groups in a circle")]
    [InlineData("a = rw\n", "a rule outside a section")]
    [InlineData("[trunk]\na = rw\n", "a path without a slash")]
    [InlineData("[/trunk/../x]\na = rw\n", "a path that climbs")]
    public void Refuses_a_file_that_httpd_would_refuse(string text, string why)
    {
        var refused = Assert.Throws<SvnException>(() => SvnAccessFile.Parse(text));
        Assert.True(refused.IsInvalidAccessFile, $"{why}: {refused.Message}");
        Assert.NotEmpty(refused.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("[/]\n")]
    public void Accepts_a_file_that_gives_nobody_access(string text)
    {
        using var file = SvnAccessFile.Parse(text);
        Assert.False(file.IsAllowed("alice", "/", SvnAccess.Read));
    }

    [Fact]
    public void Answers_for_a_named_repository()
    {
        using var file = SvnAccessFile.Parse("[one:/]\na = rw\n[two:/]\na = r\n");
        Assert.True(file.IsAllowed("a", "/", SvnAccess.Write, "one"));
        Assert.False(file.IsAllowed("a", "/", SvnAccess.Write, "two"));
        Assert.False(file.IsAllowed("a", "/", SvnAccess.Read));
    }

    [Fact]
    public void Refuses_questions_after_it_was_disposed()
    {
        var file = SvnAccessFile.Parse(Rules);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.IsAllowed("alice", "/", SvnAccess.Read));
    }

    [Fact]
    public void Refuses_a_user_whose_name_would_be_cut_short()
    {
        using var file = SvnAccessFile.Parse(Rules);
        Assert.Throws<ArgumentException>(() => file.IsAllowed("alice\0x", "/", SvnAccess.Write));
        Assert.Throws<ArgumentException>(() => file.IsAllowed("alice", "/", SvnAccess.Write, "name\0x"));
    }

    [Fact]
    public void Answers_many_threads_at_once()
    {
        using var file = SvnAccessFile.Parse(Rules);
        Parallel.For(0, 2000, i =>
        {
            Assert.True(file.IsAllowed("alice", "/trunk", SvnAccess.Write));
            Assert.False(file.IsAllowed($"user{i % 50}", "/trunk", SvnAccess.Read));
        });
    }
}
