using RepoPortal.Contracts.Access;

namespace RepoPortal.Portal.Access;

/// <summary>How a change of access reaches the gateways: by the cluster's broadcast, or, from a process outside the cluster, through the record.</summary>
internal interface IAccessPublication
{
    /// <summary>Done when no gateway decides by the state before the change any more.</summary>
    Task PublishAsync(AccessChange change);
}
