using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Gateway.Forwarding;

namespace RepoPortal.Tests.Gateway.Forwarding;

public sealed class UpstreamPoolsTests : IDisposable
{
    private static readonly RepositoryId Mine = new(Guid.NewGuid());

    private readonly FakeTimeProvider _time = new();
    private readonly UpstreamPools _pools;
    private int _open;

    public UpstreamPoolsTests() => _pools = new UpstreamPools(_ => new Connections(this), capacity: 3, _time);

    public void Dispose() => _pools.Dispose();

    [Fact]
    public void Requests_of_one_state_share_connections()
    {
        var first = _pools.Rent(Route(Mine));
        Assert.Same(first, _pools.Rent(Route(Mine)));
        Assert.Equal(1, _open);
    }

    [Theory]
    [InlineData(2, 1, "node-1")]
    [InlineData(1, 2, "node-1")]
    [InlineData(1, 1, "node-2")]
    public void A_change_opens_new_connections_and_closes_the_old_when_their_last_request_ends(int generation, long access, string node)
    {
        var old = _pools.Rent(Route(Mine));
        var changed = _pools.Rent(Route(Mine, generation, access, node));
        Assert.NotSame(old, changed);
        Assert.Equal(2, _open);
        _pools.Return(old);
        Assert.Equal(1, _open);
        _pools.Return(changed);
        Assert.Equal(1, _open);
    }

    [Fact]
    public void A_request_decided_before_a_change_does_not_bring_the_old_state_back()
    {
        var changed = _pools.Rent(Route(Mine, access: 2));
        Assert.Same(changed, _pools.Rent(Route(Mine, access: 1)));
    }

    [Fact]
    public void Idle_connections_are_closed_and_used_ones_are_not()
    {
        var used = _pools.Rent(Route(Mine));
        _pools.Return(_pools.Rent(Route(new RepositoryId(Guid.NewGuid()))));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, _pools.Count);
        Assert.Equal(1, _open);
        _pools.Return(used);
        Assert.Equal(1, _open);
    }

    [Fact]
    public void Keeps_no_more_than_its_capacity_and_drops_the_one_not_used_longest()
    {
        var first = _pools.Rent(Route(Mine));
        _pools.Return(first);
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _pools.Return(_pools.Rent(Route(new RepositoryId(Guid.NewGuid()))));
        }

        Assert.Equal(3, _open);
        Assert.NotSame(first, _pools.Rent(Route(Mine)));
    }

    private static RepositoryRoute Route(RepositoryId repository, int generation = 1, long access = 1, string node = "node-1") => new(
        RepositoryName.Parse("mine"), new RepositoryCopy(repository, generation), node, RepositoryState.Ready, access, Contracts.Access.AccessLevel.Read, Contracts.Access.AccessLevel.Read, ImmutableDictionary<UserName, AccessLevel>.Empty);

    private sealed class Connections : HttpMessageInvoker
    {
        private readonly UpstreamPoolsTests _test;

        public Connections(UpstreamPoolsTests test)
            : base(new SocketsHttpHandler())
        {
            _test = test;
            test._open++;
        }

        protected override void Dispose(bool disposing)
        {
            _test._open--;
            base.Dispose(disposing);
        }
    }
}
