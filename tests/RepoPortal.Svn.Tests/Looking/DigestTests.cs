using System.Globalization;
using System.Text;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class DigestTests(RealHistory history) : RepositoryTest
{
    [Fact]
    public void A_copy_of_the_files_and_a_load_of_the_dump_have_the_digests_of_the_original()
    {
        const int Revisions = 60;
        var (copy, loaded) = (NewPath("copy"), NewPath("loaded"));
        Tool.Run("svnadmin", "hotcopy", history.Path, copy);
        Tool.Run("svnadmin", "pack", copy);
        Tool.Run("svnadmin", "create", loaded);
        Tool.Run("sh", "-c", string.Create(CultureInfo.InvariantCulture, $"svnadmin dump -q -r 0:{Revisions} '{history.Path}' | svnadmin load -q --bypass-prop-validation '{loaded}'"));

        for (var revision = 0; revision <= Revisions; revision++)
        {
            var digest = Digest(history.Path, revision);
            Assert.Equal(digest, Digest(copy, revision));
            Assert.Equal(digest, Digest(loaded, revision));
        }
    }

    [Fact]
    public void Whatever_a_commit_says_is_in_its_digest()
    {
        string[][] commits =
        [
            ["mkdir", "a"],
            ["mkdir", "b"],
            ["mkdir", "a", "propset", "p", "1", "a"],
            ["mkdir", "a", "propset", "p", "2", "a"],
            ["mkdir", "a", "propset", "q", "1", "a"],
            ["put", Content("one"), "a"],
            ["put", Content("two"), "a"],
            ["put", Content(""), "a"],
            ["put", Content("one"), "b"],
        ];
        var digests = commits.Select((commit, index) =>
        {
            var path = CreateRepository(string.Create(CultureInfo.InvariantCulture, $"r{index}"));
            Commit(path, commit);
            return Convert.ToHexString(Digest(path, 1));
        });

        Assert.Distinct(digests);
    }

    [Fact]
    public void A_copy_is_told_from_an_addition_of_the_same_and_from_one_of_another_revision()
    {
        var path = CreateRepository();
        Commit(path, "mkdir", "a");
        Commit(path, "mkdir", "b");
        Commit(path, "cp", "1", "a", "c");
        Commit(path, "rm", "c");
        Commit(path, "cp", "2", "a", "c");
        Commit(path, "rm", "c");
        Commit(path, "mkdir", "c");

        Assert.Distinct(new[] { 3L, 5, 7 }.Select(revision => Convert.ToHexString(Digest(path, revision))));
        Assert.Equal(Digest(path, 4), Digest(path, 6));
    }

    [Fact]
    public void What_was_flipped_on_the_disk_is_noticed_past_the_caches()
    {
        var path = CreateRepository();
        CommitFile(path, "file", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(number => $"line {number}\n"))));
        using var fresh = SvnLookClient.PastCaches();
        var before = fresh.GetDigest(new SvnLookOrigin(path, 1));
        Assert.Equal(before, fresh.GetDigest(new SvnLookOrigin(path, 1)));

        var file = Path.Join(path, "db", "revs", "0", "1");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(file);
        bytes[200] ^= 1;
        File.WriteAllBytes(file, bytes);

        using var fresher = SvnLookClient.PastCaches();
        var exception = Assert.Throws<SvnException>(() => fresher.GetDigest(new SvnLookOrigin(path, 1)));
        Assert.True(exception.IsCorrupt, exception.ToString());
    }

    [Fact]
    public void A_revision_property_is_not_part_of_it()
    {
        var path = CreateRepository();
        Commit(path, "mkdir", "a");
        var before = Digest(path, 1);
        SvnRepositoryClient.SetRevisionProperty(path, 1, "svn:log", "another");
        Assert.Equal(before, Digest(path, 1));
    }

    private byte[] Digest(string path, long revision) => Look.GetDigest(new SvnLookOrigin(path, revision), TestContext.Current.CancellationToken);

    private string Content(string text)
    {
        var path = NewPath($"content-{Guid.NewGuid():n}");
        File.WriteAllText(path, text);
        return path;
    }
}
