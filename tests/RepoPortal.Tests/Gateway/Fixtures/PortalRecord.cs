using System.Collections.Concurrent;
using System.Collections.Immutable;
using RepoPortal.Contracts.Access;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Contracts.Usage;

namespace RepoPortal.Tests.Gateway.Fixtures;

/// <summary>What the portal's grains of a test answer from, in place of the database.</summary>
internal sealed class PortalRecord
{
    public const string Node = "node-1";

    private int _asked;

    public ConcurrentDictionary<RepositoryName, RepositoryRoute> Routes { get; } = [];

    public ConcurrentDictionary<TokenDigest, TokenHolder> Tokens { get; } = [];

    /// <summary>What gateways counted.</summary>
    public ConcurrentQueue<UsageBatch> Batches { get; } = [];

    /// <summary>Where the storage node says that it listens.</summary>
    public Func<NodeEndpoint> Endpoint { get; set; } = () => throw new StorageException("no storage node in this test");

    /// <summary>What the storage node says that somebody may see: everything, unless a test says otherwise.</summary>
    public Func<Reader, ImmutableArray<SightChange>> SightOf { get; set; } = _ => [new SightChange("/", MaySee: true)];

    /// <summary>True while the directory fails every question, as with a database that is away.</summary>
    public bool Away { get; set; }

    /// <summary>The gateways that subscribed to changes.</summary>
    public ConcurrentDictionary<IAccessObserver, IAccessObserver> Gateways { get; } = new();

    /// <summary>How often the directory was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public T Answer<T>(T answer)
    {
        Interlocked.Increment(ref _asked);
        return Away ? throw new InvalidOperationException("the database is away") : answer;
    }

    /// <summary>Makes a token that stands for <paramref name="user"/>.</summary>
    public string AddToken(string user, bool readOnly = false, DateTimeOffset? expiresAt = null, params RepositoryId[] repositories)
    {
        var token = AccessToken.Create();
        Tokens[token.Digest] = new TokenHolder(Guid.NewGuid(), UserName.Parse(user), readOnly, expiresAt, repositories is [] ? null : [.. repositories]);
        return token.Text;
    }

    /// <summary>Makes a repository's row, without anything on disk.</summary>
    public RepositoryRoute AddRoute(string name, Visibility visibility = Visibility.Private, RepositoryState state = RepositoryState.Ready, params (string User, AccessLevel Level)[] members)
    {
        var copy = new RepositoryCopy(new RepositoryId(Guid.NewGuid()), 1);
        return Routes[RepositoryName.Parse(name)] = new RepositoryRoute(
            RepositoryName.Parse(name),
            copy,
            Node,
            state,
            AccessVersion: 1,
            Anyone: visibility == Visibility.Public ? AccessLevel.Read : AccessLevel.None,
            SignedIn: visibility == Visibility.Private ? AccessLevel.None : AccessLevel.Read,
            People: members.ToImmutableDictionary(member => UserName.Parse(member.User), member => member.Level));
    }
}
