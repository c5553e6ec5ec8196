using Orleans.Concurrency;
using RepoPortal.Contracts.Amending;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.Repositories;
using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Amending;

/// <summary>What the cluster may amend on this node. It only passes on: no disk is touched on a grain's turn.</summary>
[Reentrant]
[NodePinned]
internal sealed class AmendmentGrain(CorrectMessage messages, BreakLock locks) : Grain, IAmendmentGrain
{
    public Task<AmendmentAnswer> CorrectMessage(RepositoryCopy copy, MessageCorrection correction, UserName by, CancellationToken cancellationToken) =>
        Task.Run(() => messages.Run(copy, correction, by), cancellationToken);

    public Task<AmendmentAnswer> BreakLock(RepositoryCopy copy, SeenLock seen, UserName by, CancellationToken cancellationToken) =>
        Task.Run(() => locks.Run(copy, seen, by), cancellationToken);
}
