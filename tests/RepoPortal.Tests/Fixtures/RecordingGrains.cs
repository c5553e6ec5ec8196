using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using RepoPortal.Contracts.Repositories;

namespace RepoPortal.Tests.Fixtures;

/// <summary>Stands where the cluster is, and notes what the grains of repositories are told.</summary>
public class RecordingGrains : DispatchProxy
{
    /// <summary>Repository and youngest revision of each report that was heard.</summary>
    public ConcurrentQueue<(RepositoryId Repository, long Youngest)> Heard { get; } = [];

    /// <summary>How many reports fail before one is heard.</summary>
    public int Failures { get; set; }

    public static (IGrainFactory Factory, RecordingGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, RecordingGrains>();
        return (factory, (RecordingGrains)(object)factory);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        args is [Guid id, ..] ? new Repository(this, new RepositoryId(id)) : throw new NotSupportedException($"{targetMethod}");

    private sealed class Repository(RecordingGrains grains, RepositoryId id) : IRepositoryGrain
    {
        public Task Settle(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CommitSeen(long youngest)
        {
            if (grains.Failures-- > 0)
                throw new TimeoutException("The portal is away.");
            grains.Heard.Enqueue((id, youngest));
            return Task.CompletedTask;
        }
    }
}
