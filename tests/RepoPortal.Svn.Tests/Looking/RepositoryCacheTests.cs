using Microsoft.Extensions.Time.Testing;
using RepoPortal.Svn.Looking;
using RepoPortal.Svn.Pools;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Looking;

public sealed class RepositoryCacheTests : RepositoryTest
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Keeps_a_repository_for_the_next_call()
    {
        using var cache = new RepositoryCache(_time);
        var path = CreateRepository();
        var first = cache.Rent(path);
        cache.Return(first);
        var second = cache.Rent(path);
        var third = cache.Rent(path);

        Assert.Same(first, second);
        Assert.NotSame(second, third);
        cache.Return(second);
        cache.Return(third);
    }

    [Fact]
    public void Opens_anew_after_a_while()
    {
        using var cache = new RepositoryCache(_time);
        var path = CreateRepository();
        var first = cache.Rent(path);
        cache.Return(first);
        _time.Advance(RepositoryCache.MaximumAge + TimeSpan.FromTicks(1));
        var second = cache.Rent(path);
        Assert.NotSame(first, second);
        cache.Return(second);
        Assert.Equal(1, SvnPool.Live);
    }

    [Fact]
    public void Shows_another_repository_in_the_same_place()
    {
        using var client = new SvnLookClient(_time);
        var path = CreateRepository();
        SvnRepositoryClient.CommitLayout(path, SvnLayout.Standard("alice", ""));
        Assert.Equal(1, client.GetYoungest(path));
        var uuid = client.GetUuid(path);

        Directory.Delete(path, recursive: true);
        Assert.True(Assert.Throws<SvnException>(() => client.GetYoungest(path)).IsNotRepository);

        SvnRepositoryClient.CreateRepository(path);
        Assert.Equal(0, client.GetYoungest(path));
        Assert.NotEqual(uuid, client.GetUuid(path));
        Assert.Empty(client.List(new SvnLookOrigin(path), "/"));
    }

    [Fact]
    public void Shows_a_changed_author_in_a_listing_after_a_while()
    {
        using var client = new SvnLookClient(_time);
        var path = NewPath();
        SvnRepositoryClient.CreateRepository(path, SvnLayout.Standard("alice", ""));
        Assert.Equal("alice", client.List(new SvnLookOrigin(path), "/")[0].Author);

        File.WriteAllText(NewPath("author"), "bob");
        Tool.Run("svnadmin", "setrevprop", "-r", "1", path, "svn:author", NewPath("author"));

        _time.Advance(RepositoryCache.MaximumAge + TimeSpan.FromTicks(1));
        Assert.Equal("bob", client.List(new SvnLookOrigin(path), "/")[0].Author);
        Assert.Equal("bob", client.GetLog(new SvnLookOrigin(path), "/")[0].Author);
    }

    [Fact]
    public void Keeps_no_more_than_its_capacity()
    {
        using var cache = new RepositoryCache(_time);
        var path = CreateRepository();
        var rented = Enumerable.Range(0, RepositoryCache.Capacity + 3).Select(_ => cache.Rent(path)).ToList();
        rented.ForEach(cache.Return);
        Assert.Equal(RepositoryCache.Capacity, SvnPool.Live);

        _time.Advance(RepositoryCache.MaximumAge + TimeSpan.FromTicks(1));
        cache.Return(cache.Rent(path));
        Assert.InRange(SvnPool.Live, 1, RepositoryCache.Capacity);
    }

    [Fact]
    public void Closes_what_comes_back_after_it_was_disposed()
    {
        var cache = new RepositoryCache(_time);
        var rented = cache.Rent(CreateRepository());
        cache.Dispose();
        cache.Return(rented);
        Assert.Equal(0, SvnPool.Live);
        Assert.Throws<ObjectDisposedException>(() => cache.Rent(rented.Directory));
    }
}
