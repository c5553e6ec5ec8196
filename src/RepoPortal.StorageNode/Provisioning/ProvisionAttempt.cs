using RepoPortal.Contracts.StorageNodes;

namespace RepoPortal.StorageNode.Provisioning;

/// <summary>One attempt to make a repository.</summary>
/// <param name="Request">What is wanted.</param>
/// <param name="Temporary">Where this attempt, and no other, makes it.</param>
internal sealed record ProvisionAttempt(ProvisionRequest Request, string Temporary);

/// <summary>A step on the way. The process may end before, during and after each of them.</summary>
/// <param name="Name">For logs and tests.</param>
/// <param name="Run">Does it.</param>
internal sealed record ProvisionStep(string Name, Action<ProvisionAttempt> Run);
