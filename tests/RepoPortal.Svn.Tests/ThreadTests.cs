using RepoPortal.Svn.Pools;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests;

public sealed class ThreadTests : RepositoryTest
{
    private const int Threads = 12;
    private const int Rounds = 15;

    [Fact]
    public void Creates_writes_and_reads_on_many_threads_at_once()
    {
        var shared = CreateRepository("shared");
        using (var client = new SvnLookClient())
        {
            OnThreads(thread =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    var mine = NewPath($"{thread}-{round}");
                    SvnRepositoryClient.CreateRepository(mine, SvnLayout.Standard($"user{thread}", $"round {round}"));
                    var entry = Assert.Single(client.GetLog(new SvnLookOrigin(mine), "/trunk"));
                    Assert.Equal(($"user{thread}", $"round {round}"), (entry.Author, entry.LogMessage));

                    var revision = SvnRepositoryClient.CommitLayout(shared, new SvnLayout([$"{thread}-{round}"], $"user{thread}", ""));
                    Assert.Equal($"/{thread}-{round}", Assert.Single(client.GetChangedPaths(new SvnLookOrigin(shared, revision)).Items).Path);
                    SvnRepositoryClient.SetRevisionProperty(shared, revision, "reviewed", "yes");
                    Assert.Equal("yes", client.GetRevisionProperties(new SvnLookOrigin(shared, revision))["reviewed"].StringValue);
                    Assert.InRange(client.List(new SvnLookOrigin(shared), "/").Count, 1, Threads * Rounds);
                }
            });

            Assert.Equal(Threads * Rounds, client.GetYoungest(shared));
            Assert.Equal(Threads * Rounds, client.List(new SvnLookOrigin(shared), "/").Count);
        }

        Tool.Run("svnadmin", "verify", "--quiet", shared);
        Assert.Equal(0, SvnPool.Live);
    }

    [Fact]
    public void Fails_on_many_threads_at_once_without_losing_a_pool()
    {
        var path = CreateRepository();
        OnThreads(_ =>
        {
            for (var round = 0; round < 200; round++)
            {
                Assert.True(Assert.Throws<SvnException>(() => Look.List(new SvnLookOrigin(path), $"/missing{round}")).IsNotFound);
                Assert.True(Assert.Throws<SvnException>(() => Look.GetYoungest(NewPath("missing"))).IsNotRepository);
                Assert.True(Assert.Throws<SvnException>(() => SvnAccessFile.Parse("[/\n")).IsInvalidAccessFile);
                Assert.Throws<SvnException>(() => Look.OpenFile(new SvnLookOrigin(path), "/missing"));
            }
        });
    }

    // Threads of their own, so that all of them really run at the same time.
    private static void OnThreads(Action<int> work)
    {
        var failures = new List<Exception>();
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            try
            {
                work(number);
            }
            catch (Exception failure)
            {
                lock (failures) failures.Add(failure);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(failures);
    }
}
