using System.Collections.Immutable;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Contracts.Usage;

/// <summary>Where gateways bring what they counted.</summary>
[Alias("RepoPortal.UsageIntake")]
public interface IUsageIntake : IGrainWithIntegerKey
{
    /// <summary>Adds a batch to the record; done when it is saved.</summary>
    [Alias("Add")]
    Task Add(UsageBatch batch);
}

/// <summary>What one gateway counted since its last batch.</summary>
/// <param name="Uses">One entry per repository, person and day (UTC).</param>
/// <param name="Tokens">One entry per token and address it was used from.</param>
[GenerateSerializer, Immutable]
public sealed record UsageBatch([property: Id(0)] ImmutableArray<UseCount> Uses, [property: Id(1)] ImmutableArray<TokenUse> Tokens);

/// <summary>What somebody did with a repository on one day.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="User">The person; null for visitors without credentials, all together.</param>
/// <param name="Day">The day in UTC.</param>
/// <param name="Reads">Requests that read.</param>
/// <param name="Writes">Requests that write.</param>
/// <param name="BytesSent">Bytes of answers, sent to the client.</param>
/// <param name="BytesReceived">Bytes of request bodies, received from the client.</param>
/// <param name="LastAt">The end of the last of them.</param>
[GenerateSerializer, Immutable]
public sealed record UseCount(
    [property: Id(0)] RepositoryId Repository,
    [property: Id(1)] UserName? User,
    [property: Id(2)] DateOnly Day,
    [property: Id(3)] long Reads,
    [property: Id(4)] long Writes,
    [property: Id(5)] long BytesSent,
    [property: Id(6)] long BytesReceived,
    [property: Id(7)] DateTimeOffset LastAt);

/// <summary>That a token was used.</summary>
/// <param name="TokenId">The token's row.</param>
/// <param name="Address">The client's address as text.</param>
/// <param name="LastAt">When last.</param>
[GenerateSerializer, Immutable]
public sealed record TokenUse([property: Id(0)] Guid TokenId, [property: Id(1)] string Address, [property: Id(2)] DateTimeOffset LastAt);
